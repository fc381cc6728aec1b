namespace TypedCache.Generator.Incremental;

/// <summary>
/// The namespaces whose types the compiler or the generator looks up by name. A project that declares a type in one of them, such as a
/// polyfill, can change the meaning of code that does not mention it.
/// </summary>
internal static class FrameworkNamespaces
{
    /// <summary>Whether a namespace, written with a dot behind each part, is one of them.</summary>
    public static bool Include(string space) =>
        space is "TypedCache." or "TypedCache.Keys." or "TypedCache.Values." || space.StartsWith("System.", StringComparison.Ordinal)
        || space.StartsWith("MessagePack.", StringComparison.Ordinal);
}
