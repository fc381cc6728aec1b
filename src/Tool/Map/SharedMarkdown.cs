using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;

namespace TypedCache.Tool.Map;

/// <summary>What two applications share, for a document.</summary>
internal static class SharedMarkdown
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, SharedKeys keys)
    {
        output.WriteLine($"# {SharedReport.Summary(keys)}");
        if (keys.Shared.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"| Shared key | {keys.OneName} | {keys.OtherName} | Agree |");
            output.WriteLine("|---|---|---|---|");
        }

        foreach (var key in keys.Shared)
        {
            output.WriteLine(
                $"| {MapMarkdown.Code(key.One.Pattern)} | {MapMarkdown.Code(KeyText.Stored(key.One))} | {MapMarkdown.Code(KeyText.Stored(key.Other))} | {(key.Agree ? "yes" : "**no**")} |");
        }

        foreach (var key in keys.Shared.Where(key => !key.Agree))
        {
            output.WriteLine();
            output.WriteLine($"{MapMarkdown.Code(key.One.Pattern)}:");
            output.WriteLine();
            WriteBreaks(output, keys.OneName, keys.OtherName, key.OneUnread);
            WriteBreaks(output, keys.OtherName, keys.OneName, key.OtherUnread);
        }

        WriteOnly(output, keys.OneName, keys.OnlyOne);
        WriteOnly(output, keys.OtherName, keys.OnlyOther);
    }

    private static void WriteBreaks(TextWriter output, string writer, string reader, IReadOnlyList<ContractBreak> breaks)
    {
        foreach (var found in breaks)
        {
            output.WriteLine($"- {writer} stores, {reader} reads: {SharedReport.Line(found)}");
        }
    }

    private static void WriteOnly(TextWriter output, string name, IReadOnlyList<ContractKey> keys)
    {
        if (keys.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"Only in {name}: {string.Join(", ", keys.Select(key => MapMarkdown.Code(key.Pattern)))}");
        }
    }
}
