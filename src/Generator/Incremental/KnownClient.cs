using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Clients;

namespace TypedCache.Generator.Incremental;

/// <summary>What was read of one interface, and in which state of the project.</summary>
internal sealed class KnownClient
{
    private readonly SyntaxTree _tree;
    private readonly int _start;
    private readonly ulong _dependencies;
    private readonly SyntaxTree[] _otherTrees;
    private long _content;

    /// <summary>Keeps what was read.</summary>
    /// <param name="parsed">The client; null where the interface is none.</param>
    /// <param name="project">The project in which it was read.</param>
    /// <param name="tree">The file of the interface.</param>
    /// <param name="start">Where the outermost type around the interface begins.</param>
    public KnownClient(ParsedClient? parsed, ProjectSignature project, SyntaxTree tree, int start)
    {
        Parsed = parsed;
        _tree = tree;
        _start = start;
        _content = unchecked((long)project.Content);
        _dependencies = project.DependenciesOf(tree, start);
        _otherTrees = parsed is null
            ? []
            : [.. parsed.Locations.Select(static location => location.SourceTree).OfType<SyntaxTree>().Where(other => other != tree).Distinct()];
    }

    /// <summary>The client; null where the interface is none.</summary>
    public ParsedClient? Parsed { get; }

    /// <summary>
    /// Whether reading the interface again would give the same. A place in another file is as good as long as that file is the same,
    /// since what is above it can move it.
    /// </summary>
    public bool HoldsIn(ProjectSignature project)
    {
        if (!Array.TrueForAll(_otherTrees, project.Contains))
        {
            return false;
        }

        var content = unchecked((long)project.Content);
        if (Interlocked.Read(ref _content) == content)
        {
            return true;
        }

        var holds = project.DependenciesOf(_tree, _start) == _dependencies;
        if (holds)
        {
            Interlocked.Exchange(ref _content, content);
        }

        return holds;
    }
}
