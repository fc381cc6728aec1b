using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>Which keys a template can give: all that has to be known to match it against another one.</summary>
/// <param name="Parts">The parts in order; two literals never follow each other.</param>
/// <param name="Policy">How arguments are written.</param>
internal sealed record KeyShape(EquatableArray<KeyShapePart> Parts, KeyPolicy Policy)
{
    /// <summary>The shape without what only narrows the arguments: it gives all the keys that this one gives.</summary>
    public KeyShape WithoutLimits() => this with
    {
        Parts = new EquatableArray<KeyShapePart>(Parts.Select(static part => part is ValueShapePart value ? value with { MaxLength = 0 } : part)),
    };
}

/// <summary>A part of a key's shape.</summary>
internal abstract record KeyShapePart;

/// <summary>Fixed text.</summary>
internal sealed record LiteralShapePart(string Text) : KeyShapePart;

/// <summary>An argument.</summary>
/// <param name="Type">What is written.</param>
/// <param name="Format">The format it is written with, or null for the type's own.</param>
/// <param name="Delimiter">The byte that is escaped in it because it ends the part; 0 for none.</param>
internal sealed record ValueShapePart(KeyValueType Type, string? Format, byte Delimiter) : KeyShapePart
{
    /// <summary>The most UTF-16 code units of a string; 0 for no limit.</summary>
    public int MaxLength { get; init; }

    /// <summary>An enum that is written by name; null for all other types.</summary>
    public EnumShape? Enum { get; init; }
}

/// <summary>An enum.</summary>
/// <param name="Number">The type of its numbers.</param>
/// <param name="Names">The names that are written.</param>
/// <param name="Named">The numbers that have a name, and are never written themselves.</param>
internal sealed record EnumShape(KeyValueType Number, EquatableArray<string> Names, EquatableArray<string> Named);
