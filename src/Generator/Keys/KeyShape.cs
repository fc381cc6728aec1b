using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>Which keys a template can give: all that has to be known to match it against another one.</summary>
/// <param name="Parts">The parts in order; two literals never follow each other.</param>
/// <param name="IsPecl">Whether arguments are written as pecl-memcache does, without escapes.</param>
internal sealed record KeyShape(EquatableArray<KeyShapePart> Parts, bool IsPecl)
{
    /// <summary>The fixed text in front of the first placeholder.</summary>
    public string LeadingText => Parts is [LiteralShapePart literal, ..] ? literal.Text : "";
}

/// <summary>A part of a key's shape.</summary>
internal abstract record KeyShapePart;

/// <summary>Fixed text.</summary>
internal sealed record LiteralShapePart(string Text) : KeyShapePart;

/// <summary>An argument.</summary>
/// <param name="Type">What is written.</param>
/// <param name="Format">The format it is written with, or null for the type's own.</param>
/// <param name="Delimiter">The byte that is escaped in it because it ends the part; 0 for none.</param>
/// <param name="Names">The names of an enum that is written by name; empty for all other types.</param>
internal sealed record ValueShapePart(KeyValueType Type, string? Format, byte Delimiter, EquatableArray<string> Names) : KeyShapePart;
