using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedCache.Generator.Incremental;

/// <summary>What the source says of an attribute before the compiler knows which one it is.</summary>
internal static class AttributeNames
{
    private const string Suffix = "Attribute";

    /// <summary>The name as it is written, without what is in front of the last dot.</summary>
    public static string LastOf(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary>Whether only the compiler can tell that an attribute in a file is another one.</summary>
    /// <param name="written">The last name that the source gives it.</param>
    /// <param name="name">The attribute's name without its suffix.</param>
    /// <param name="tree">The file.</param>
    /// <param name="project">The project, which knows the aliases.</param>
    public static bool CanMean(string written, string name, SyntaxTree tree, ProjectSignature project) =>
        written == name || written == name + Suffix || project.IsAlias(tree, written) || project.IsAlias(tree, written + Suffix);
}
