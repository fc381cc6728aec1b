using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Codecs.Contracts;

/// <summary>The properties and fields of a type and its bases, in the order in which MessagePack sees them.</summary>
internal static class MemberOrder
{
    /// <summary>The type and its bases except those that all types have, bases first.</summary>
    public static List<INamedTypeSymbol> Levels(INamedTypeSymbol type)
    {
        var levels = new List<INamedTypeSymbol>();
        for (var level = type; level is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; level = level.BaseType)
        {
            levels.Insert(0, level);
        }

        return levels;
    }

    /// <summary>For types with keys: all properties, then all fields, bases first.</summary>
    public static IEnumerable<ISymbol> ForKeys(INamedTypeSymbol type)
    {
        var levels = Levels(type);
        return levels.SelectMany(Properties).Concat(levels.SelectMany(Fields));
    }

    /// <summary>
    /// For types by name: level by level, bases first, properties before fields. Of an overridden property only the override counts,
    /// and it counts where it stands.
    /// </summary>
    public static IEnumerable<ISymbol> ForNames(INamedTypeSymbol type)
    {
        var levels = Levels(type);
        var overridden = new HashSet<ISymbol>(
            levels.SelectMany(Properties).Select(property => property.OverriddenProperty).OfType<ISymbol>(),
            SymbolEqualityComparer.Default);
        return levels.SelectMany(level => Properties(level).Where(property => !overridden.Contains(property)).Concat(Fields(level)));
    }

    private static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>();

    private static IEnumerable<ISymbol> Fields(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>();
}
