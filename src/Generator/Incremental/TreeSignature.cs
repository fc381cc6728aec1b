using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Incremental;

/// <summary>What other files can see of a file, as digests. It is read once for each syntax tree, and lives as long as that does.</summary>
internal sealed class TreeSignature
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeSignature> ByTree = new();

    /// <summary>The digest of all that is visible.</summary>
    public ulong Content { get; init; }

    /// <summary>The digest of the names that the file declares: namespaces, and types with their modifiers and numbers of parameters.</summary>
    public ulong DeclaredNames { get; init; }

    /// <summary>The digest of what counts in all files: global usings, and attributes of the assembly.</summary>
    public ulong Shared { get; init; }

    /// <summary>The names that are mentioned by what counts in all files.</summary>
    public IReadOnlyCollection<string> SharedMentions { get; init; } = [];

    /// <summary>The types, in order.</summary>
    public IReadOnlyList<DeclaredType> Types { get; init; } = [];

    /// <summary>The interfaces that may be clients, in order.</summary>
    public IReadOnlyList<ClientCandidate> Candidates { get; init; } = [];

    /// <summary>The last names of all attributes outside bodies.</summary>
    public IReadOnlyCollection<string> Attributes { get; init; } = [];

    /// <summary>The names for other names: by aliases of this file.</summary>
    public IReadOnlyCollection<string> Aliases { get; init; } = [];

    /// <summary>The names for other names: by aliases that this file gives to all.</summary>
    public IReadOnlyCollection<string> GlobalAliases { get; init; } = [];

    public static TreeSignature Of(SyntaxTree tree, CancellationToken cancellation) =>
        ByTree.TryGetValue(tree, out var known)
            ? known
            : ByTree.GetValue(tree, _ => new TreeSignatureReader(tree, cancellation).Read());
}
