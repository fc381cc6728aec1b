using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Near;

/// <summary>What is known of types whose fields do not show whether they can change.</summary>
internal static class KnownImmutability
{
    // With the types of the framework that have a field in front of them, all is said by their type arguments.
    private static readonly HashSet<string> Immutable = new(StringComparer.Ordinal)
    {
        "System.Uri",
        "System.Version",
        "System.Numerics.BigInteger",
        "System.Tuple",
        "System.Collections.Immutable.ImmutableArray",
        "System.Collections.Immutable.ImmutableList",
        "System.Collections.Immutable.ImmutableDictionary",
        "System.Collections.Immutable.ImmutableHashSet",
        "System.Collections.Immutable.ImmutableSortedDictionary",
        "System.Collections.Immutable.ImmutableSortedSet",
        "System.Collections.Immutable.ImmutableQueue",
        "System.Collections.Immutable.ImmutableStack",
        "System.Collections.Frozen.FrozenSet",
        "System.Collections.Frozen.FrozenDictionary",
    };

    /// <summary>Whether a type of the framework never changes if its type arguments do not.</summary>
    public static bool Includes(INamedTypeSymbol type) =>
        type.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_UIntPtr) or SpecialType.System_DateTime
        || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || (FrameworkType.Is(type) && Immutable.Contains(TypeNames.Lookup(type)));

    /// <summary>What <c>[ImmutableObject]</c> says of a type; null where it has none.</summary>
    public static bool? Marked(INamedTypeSymbol type) => type.GetAttributes()
        .FirstOrDefault(static attribute => attribute.AttributeClass is { } found && TypeNames.Is(found, "System.ComponentModel.ImmutableObjectAttribute"))
        ?.ConstructorArguments is [{ Value: bool value }] ? value : null;

    /// <summary>What to use in the place of a type, for messages.</summary>
    public static string Replacement(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType: { SpecialType: not SpecialType.System_Byte } item } => $"use ImmutableArray<{Name(item)}>",
        INamedTypeSymbol { TypeArguments: [var item] } named when IsCollection(named) =>
            $"use {(named.Name.EndsWith("Set", StringComparison.Ordinal) ? "FrozenSet" : "ImmutableArray")}<{Name(item)}>",
        INamedTypeSymbol { TypeArguments: [var key, var value] } named when IsCollection(named) => $"use FrozenDictionary<{Name(key)}, {Name(value)}>",
        _ => "use a type that cannot change",
    };

    private static bool IsCollection(INamedTypeSymbol type) =>
        type.ContainingNamespace is { } space && space.ToDisplayString() is "System.Collections.Generic" or "System.Collections.ObjectModel";

    private static string Name(ITypeSymbol type) => TypeText.Message(type);
}
