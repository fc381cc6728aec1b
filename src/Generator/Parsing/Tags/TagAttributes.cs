using Microsoft.CodeAnalysis;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Tags;

/// <summary>Finds the tags of a member where they are written.</summary>
internal static class TagAttributes
{
    /// <summary>What stands between the beginning of all keys and a tag's template.</summary>
    public const string Mark = "~t:";

    /// <summary>What the tag of a value's own property calls the value.</summary>
    public const string ValueName = "value";

    /// <summary>The attributes, in the order in which they are written.</summary>
    public static IReadOnlyList<AttributeReader> Of(ClientContext context, ISymbol member) =>
    [
        .. member.GetAttributes()
            .Where(attribute => context.Types.IsTagAttribute(attribute.AttributeClass))
            .Select(attribute => new AttributeReader(attribute, context.ClientLocation)),
    ];

    /// <summary>The first placeholder that names a property of the value; null where there is none.</summary>
    public static PlaceholderSegment? FindValue(AttributeReader attribute) => KeyTemplate.Parse(attribute.Text ?? "", out _)?.Segments
        .OfType<PlaceholderSegment>()
        .FirstOrDefault(static placeholder => placeholder.Name == ValueName && placeholder.Path.Count > 0);

    /// <summary>Whether a tag of the value's properties has placeholders that name something else.</summary>
    public static bool IsMixed(AttributeReader attribute) => KeyTemplate.Parse(attribute.Text ?? "", out _)?.Segments
        .OfType<PlaceholderSegment>()
        .Any(static placeholder => placeholder.Name != ValueName || placeholder.Path.Count == 0) == true;
}
