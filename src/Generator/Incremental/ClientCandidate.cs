using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedCache.Generator.Incremental;

/// <summary>An interface with attributes, one of which may be <c>[CacheClient]</c>.</summary>
/// <param name="Keyword">Where its keyword is in the file.</param>
/// <param name="OutermostStart">Where the outermost type around it begins.</param>
/// <param name="Attributes">The attributes' names as they are written, without what is in front of the last dot.</param>
internal sealed record ClientCandidate(int Keyword, int OutermostStart, IReadOnlyCollection<string> Attributes)
{
    private const string AttributeName = "CacheClient";

    public static ClientCandidate Of(InterfaceDeclarationSyntax syntax, int outermostStart) => new(
        syntax.Keyword.SpanStart,
        outermostStart,
        [.. syntax.AttributeLists.SelectMany(static list => list.Attributes).Select(AttributeNames.LastOf)]);

    /// <summary>Whether only the compiler can tell that the interface is none of a client.</summary>
    public bool CanBeClient(SyntaxTree tree, ProjectSignature project) =>
        Attributes.Any(name => AttributeNames.CanMean(name, AttributeName, tree, project));

    public InterfaceDeclarationSyntax Syntax(SyntaxTree tree, CancellationToken cancellation) =>
        (InterfaceDeclarationSyntax)tree.GetRoot(cancellation).FindToken(Keyword).Parent!;
}
