using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>
/// Types as codecs and messages about them name them: by what they are. <see cref="TypeText"/> names them as the user wrote them, since the
/// implementation of a method has to repeat the element names of tuples.
/// </summary>
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

    /// <summary>Without <c>?</c>, which says nothing of what the type is.</summary>
    private static readonly SymbolDisplayFormat Message = SymbolDisplayFormat.CSharpErrorMessageFormat.RemoveMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier);

    /// <summary>The type in emitted code, with <c>?</c> where the type has it.</summary>
    public static string Of(ITypeSymbol type) => SymbolText.Code(type, Source);

    /// <summary>The type in emitted code without <c>?</c> at its end if it is a reference type.</summary>
    public static string WithoutNull(ITypeSymbol type) => Of(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));

    /// <summary>The type in a message.</summary>
    public static string InMessage(ITypeSymbol type) => type.ToDisplayString(Message);

    /// <summary>
    /// Namespace and name without type arguments, to look a type up by, for example <c>System.Collections.Generic.List</c>. It is asked for
    /// with each keystroke and each type, for which Roslyn's formats are too slow.
    /// </summary>
    public static string Lookup(ITypeSymbol type)
    {
        var name = type.Name;
        for (var outer = type.ContainingSymbol; outer is INamedTypeSymbol or INamespaceSymbol { IsGlobalNamespace: false }; outer = outer.ContainingSymbol)
        {
            name = $"{outer.Name}.{name}";
        }

        return name;
    }

    /// <summary>Whether a type has such a name for looking up. Few have the last part of it, so that the others are dismissed at once.</summary>
    public static bool Is(ITypeSymbol type, string lookup) => lookup.EndsWith(type.Name, StringComparison.Ordinal) && Lookup(type) == lookup;
}
