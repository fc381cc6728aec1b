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
    private const string AttributeSuffix = "Attribute";

    public static ClientCandidate Of(InterfaceDeclarationSyntax syntax, int outermostStart) => new(
        syntax.Keyword.SpanStart,
        outermostStart,
        [.. syntax.AttributeLists.SelectMany(static list => list.Attributes).Select(static attribute => LastName(attribute.Name))]);

    /// <summary>Whether only the compiler can tell that the interface is none of a client.</summary>
    public bool CanBeClient(SyntaxTree tree, ProjectSignature project) => Attributes.Any(name =>
        name is AttributeName or AttributeName + AttributeSuffix || project.IsAlias(tree, name) || project.IsAlias(tree, name + AttributeSuffix));

    public InterfaceDeclarationSyntax Syntax(SyntaxTree tree, CancellationToken cancellation) =>
        (InterfaceDeclarationSyntax)tree.GetRoot(cancellation).FindToken(Keyword).Parent!;

    private static string LastName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
