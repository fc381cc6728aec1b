using TypedCache.Tool.Keys;
using TypedCache.Tool.Patterns;

namespace TypedCache.Tool.Values;

/// <summary>An item and all that is known of it.</summary>
/// <param name="Location">Where its key belongs.</param>
/// <param name="Pattern">The pattern of its key; null: not known.</param>
/// <param name="State">What its server knows of it.</param>
/// <param name="Value">Its value.</param>
internal sealed record FoundItem(KeyLocation Location, KeyPattern? Pattern, ItemState State, DecodedValue Value)
{
    /// <summary>The key as it is on the wire, for people.</summary>
    public string WireKey => ShownKey.Of(Location.WireKey.Span);

    /// <summary>The tags of the template whose keys are not stored with values, in the order in which their versions are.</summary>
    public IReadOnlyList<string> TemplateTags =>
        Pattern?.Key is { } key ? [.. key.Tags.Where(tag => !tag.Contains("{value.", StringComparison.Ordinal))] : [];
}
