using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Types as emitted code and as messages name them.</summary>
internal static class TypeNames
{
    /// <summary><c>global::</c> names with <c>?</c>; tuples by their underlying type, since their element names are no part of the type.</summary>
    private static readonly SymbolDisplayFormat Source = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Included,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat Metadata = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>Without <c>?</c>, which says nothing of what the type is.</summary>
    private static readonly SymbolDisplayFormat Message = SymbolDisplayFormat.CSharpErrorMessageFormat.RemoveMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier);

    /// <summary>The type in emitted code, with <c>?</c> where the type has it.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(Source);

    /// <summary>The type in emitted code without <c>?</c> at its end if it is a reference type.</summary>
    public static string WithoutNull(ITypeSymbol type) => Of(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));

    /// <summary>The type in a message.</summary>
    public static string InMessage(ITypeSymbol type) => type.ToDisplayString(Message);

    /// <summary>Namespace and name without type arguments, to look a type up by, for example <c>System.Collections.Generic.List</c>.</summary>
    public static string Lookup(ITypeSymbol type) => type.ToDisplayString(Metadata);

    /// <summary>The name of a member in emitted code.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
