using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>Symbols as text: for generated code, and for messages.</summary>
internal static class TypeText
{
    private static readonly SymbolDisplayFormat CodeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat NamespaceFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>The type as generated code writes it, with nullable annotations.</summary>
    public static string Code(ITypeSymbol type) => SymbolText.Code(type, CodeFormat);

    /// <summary>The namespace as generated code writes it; empty for the global one.</summary>
    public static string Code(INamespaceSymbol space) => space.IsGlobalNamespace ? "" : SymbolText.Code(space, NamespaceFormat);

    /// <summary>A name as an identifier of generated code.</summary>
    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>A name as that of a declared type, which contextual keywords such as <c>record</c> cannot be either.</summary>
    public static string TypeIdentifier(string name) =>
        SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? Identifier(name) : "@" + name;

    /// <summary>The type as people say it.</summary>
    public static string Message(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>The type without the <c>?</c> of a reference type.</summary>
    public static ITypeSymbol WithoutAnnotation(ITypeSymbol type) =>
        type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type;

    /// <summary>Whether null may be passed for a parameter, by its type or by what an attribute says instead.</summary>
    public static bool TakesNull(IParameterSymbol parameter)
    {
        var isAllowed = IsAnnotated(parameter.Type);
        foreach (var attribute in parameter.GetAttributes())
        {
            isAllowed = attribute.AttributeClass switch
            {
                { Name: "AllowNullAttribute" } => true,
                { Name: "DisallowNullAttribute" } => false,
                _ => isAllowed,
            };
        }

        return isAllowed;
    }

    /// <summary>Whether the type is a reference type with <c>?</c>.</summary>
    public static bool IsAnnotated(ITypeSymbol type) =>
        type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.Annotated;
}
