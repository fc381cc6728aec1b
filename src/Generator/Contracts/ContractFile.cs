using TypedCache.Generator.Contracts.Json;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts;

/// <summary>The keys of an application and what is stored under them, as <c>TypedCache.contract.json</c> has them.</summary>
/// <param name="Assembly">The name of the assembly.</param>
/// <param name="Keys">The keys, ordered by pattern.</param>
/// <param name="Types">The types that their values are made of, ordered by name.</param>
internal sealed record ContractFile(string Assembly, EquatableArray<ContractKey> Keys, EquatableArray<ContractShape> Types)
{
    /// <summary>The name of the file beside the project file.</summary>
    public const string FileName = "TypedCache.contract.json";

    /// <summary>The version of the format that is written and read.</summary>
    public const int Format = 1;

    /// <summary>The contract of several interfaces.</summary>
    public static ContractFile Merge(string assembly, IEnumerable<ClientContract> clients)
    {
        var all = clients.ToList();
        return new ContractFile(
            assembly,
            new EquatableArray<ContractKey>(all
                .SelectMany(static client => client.Keys)
                .OrderBy(static key => key.Pattern, StringComparer.Ordinal)
                .ThenBy(static key => key.Client, StringComparer.Ordinal)),
            new EquatableArray<ContractShape>(all
                .SelectMany(static client => client.Types)
                .GroupBy(static type => type.Name, StringComparer.Ordinal)
                .Select(static types => types.First())
                .OrderBy(static type => type.Name, StringComparer.Ordinal)));
    }

    /// <summary>Reads a contract; null with the mistake where it is malformed.</summary>
    public static ContractFile? Parse(string text, out ContractMistake? mistake)
    {
        try
        {
            mistake = null;
            return ContractReader.Read(text);
        }
        catch (ContractMistakeException exception)
        {
            mistake = exception.Mistake;
            return null;
        }
    }

    /// <summary>The text of the file: the same contract always gives the same text, and each member is on a line of its own.</summary>
    public string ToJson() => ContractWriter.Write(this);
}
