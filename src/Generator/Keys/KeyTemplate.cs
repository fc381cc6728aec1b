using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>A parsed key template.</summary>
internal sealed record KeyTemplate(EquatableArray<TemplateSegment> Segments)
{
    /// <summary>Parses a template; gives null and the mistake where it is malformed.</summary>
    public static KeyTemplate? Parse(string template, out TemplateError? error) =>
        new TemplateReader(template).Read(out error);
}

/// <summary>A piece of a template, and where it is in the text.</summary>
internal abstract record TemplateSegment(int Start, int Length);

/// <summary>Fixed text, with doubled braces undone.</summary>
internal sealed record LiteralSegment(string Text, int Start, int Length) : TemplateSegment(Start, Length);

/// <summary><c>{parameter}</c>, <c>{parameter.Property}</c> or <c>{parameter:format}</c>.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Path">The properties behind it.</param>
/// <param name="Format">The format, or null.</param>
/// <param name="FormatStart">Where the format begins; 0 without one.</param>
internal sealed record PlaceholderSegment(
    string Name,
    EquatableArray<string> Path,
    string? Format,
    int FormatStart,
    int Start,
    int Length) : TemplateSegment(Start, Length);

/// <summary>What is wrong with a template, and where.</summary>
internal sealed record TemplateError(int Start, int Length, string Reason);
