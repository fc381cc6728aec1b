using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Json;

namespace TypedCache.Generator.Incremental;

/// <summary>The contract as it was checked in.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Contract">What it says; null where it is malformed.</param>
/// <param name="Mistake">Why it is.</param>
/// <param name="Text">Its text, in which places are found.</param>
internal sealed record CheckedInContract(string Path, ContractFile? Contract, ContractMistake? Mistake, string Text)
{
    private const string UpdateProperty = "build_property.TypedCacheUpdateContract";

    /// <summary>The contract of a project; null where it has none, and where it is about to be written anew.</summary>
    public static CheckedInContract? Read((ImmutableArray<AdditionalText> Files, AnalyzerConfigOptionsProvider Options) project, CancellationToken cancellation)
    {
        var isUpdated = project.Options.GlobalOptions.TryGetValue(UpdateProperty, out var update) && string.Equals(update, "true", StringComparison.OrdinalIgnoreCase);
        if (isUpdated || project.Files.FirstOrDefault(IsContract) is not { } file || file.GetText(cancellation)?.ToString() is not { } text)
        {
            return null;
        }

        var contract = ContractFile.Parse(text, out var mistake);
        return new CheckedInContract(file.Path, contract, mistake, text);
    }

    /// <summary>Where a key stands in the file.</summary>
    public Location PlaceOf(ContractKey key) => PlaceOf(Math.Max(Text.IndexOf(JsonText.Quote(key.Pattern), StringComparison.Ordinal), 0));

    /// <summary>A place in the file.</summary>
    /// <param name="position">In characters from the beginning.</param>
    public Location PlaceOf(int position)
    {
        var span = new TextSpan(Math.Min(position, Text.Length), 0);
        return Location.Create(Path, span, SourceText.From(Text).Lines.GetLinePositionSpan(span));
    }

    /// <summary>Whether a file is the contract.</summary>
    public static bool IsContract(AdditionalText file) => System.IO.Path.GetFileName(file.Path) == ContractFile.FileName;
}
