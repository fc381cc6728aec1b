namespace TypedCache.Generator.Incremental;

/// <summary>One declaration of a type that is in no other, with all types in it; bodies are left out.</summary>
/// <param name="Start">Where it begins in its file.</param>
/// <param name="Names">The names of the types it declares.</param>
/// <param name="Mentions">The names that its declarations and the usings of its file mention: what it can depend on.</param>
/// <param name="Content">The digest of its declarations and of what its file adds to their meaning.</param>
/// <param name="IsFramework">Whether it is in a namespace whose types are found without being mentioned.</param>
internal sealed record DeclaredType(int Start, IReadOnlyCollection<string> Names, IReadOnlyCollection<string> Mentions, ulong Content, bool IsFramework);
