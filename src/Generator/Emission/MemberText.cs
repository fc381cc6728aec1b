using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>The head of a generated member, and calls, broken into lines where they would be too long to read.</summary>
internal static class MemberText
{
    private const int LongLine = 140;

    /// <summary>The declaration up to the closing parenthesis.</summary>
    public static string Signature(string type, string? explicitInterface, string name, IEnumerable<ParameterModel> parameters) => Parenthesized(
        explicitInterface is null ? $"public {type} {name}" : $"{type} {explicitInterface}.{name}",
        [.. parameters.Select(static parameter => $"{parameter.Type} {parameter.Name}")]);

    /// <summary>Writes the lines that check parameters, and a blank line behind them.</summary>
    public static void EmitChecks(SourceWriter writer, EquatableArray<string> notNull, EquatableArray<string> notNegative = default)
    {
        foreach (var name in notNull)
        {
            writer.Line($"{RuntimeNames.Code.ArgumentNull}.ThrowIfNull({name});");
        }

        foreach (var name in notNegative)
        {
            writer.Line($"{RuntimeNames.Code.ArgumentOutOfRange}.ThrowIfNegative({name});");
        }

        if (notNull.Count + notNegative.Count > 0)
        {
            writer.Line();
        }
    }

    /// <summary>One line, or one for each item where that would be too long.</summary>
    public static string Parenthesized(string start, IReadOnlyCollection<string> items)
    {
        var line = $"{start}({string.Join(", ", items)})";
        return line.Length <= LongLine || items.Count == 0 ? line : $"{start}(\n{string.Join(",\n", items.Select(Indented))})";
    }

    /// <summary>Text one level deeper.</summary>
    public static string Indented(string text) => "    " + text.Replace("\n", "\n    ");

    /// <summary>A lambda of one expression; its head ends before the arrow.</summary>
    public static string Lambda(string head, string expression)
    {
        var line = $"{head} => {expression}";
        return line.Length <= LongLine ? line : $"{head} =>\n{Indented(expression)}";
    }

    /// <summary>A lambda of several statements; its head ends before the arrow.</summary>
    public static string Lambda(string head, IEnumerable<string> statements) => $"{head} =>\n{{\n{Indented(string.Join("\n", statements))}\n}}";
}
