using TypedCache.Generator.Contracts;

namespace TypedCache.Tool.Map;

/// <summary>The keys of an application for a document.</summary>
internal static class MapMarkdown
{
    /// <summary>Writes them.</summary>
    public static void Write(TextWriter output, ContractFile contract)
    {
        output.WriteLine($"# Keys of {contract.Assembly}");
        output.WriteLine();
        output.WriteLine("| Key | Stored | Lives | Tags | Longest | Declared in |");
        output.WriteLine("|---|---|---|---|---:|---|");
        foreach (var key in contract.Keys)
        {
            output.WriteLine(
                $"| {Code(key.Pattern)} | {Code(KeyText.Stored(key))} | {KeyText.Lives(key, ", ")} | {string.Join(", ", key.Tags.Select(Code))} " +
                $"| {(key.MaxLength is { } length ? $"{length} bytes" : "no limit")} | {string.Join(", ", key.Methods.Select(method => Code($"{KeyText.Client(key)}.{method}")))} |");
        }
    }

    /// <summary>A text as code in a cell of a table.</summary>
    public static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";
}
