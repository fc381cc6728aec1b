using System.Reflection;
using System.Text;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;

namespace TypedCache.Testing;

/// <summary>
/// The keys of an application and what is stored under them, as its compiler has written it down. A test compares it with that of a version that
/// runs, so that no deploy reads what it cannot.
/// </summary>
public sealed class Contract
{
    private readonly ContractFile _file;

    private Contract(ContractFile file)
    {
        _file = file;
        Keys = [.. file.Keys.Select(static key => key.Pattern).Distinct()];
    }

    /// <summary>The name of the assembly.</summary>
    public string Assembly => _file.Assembly;

    /// <summary>The patterns of all keys: <c>shop:product:{id}</c>.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>The contract of an assembly.</summary>
    /// <param name="assembly">An assembly with a <see cref="CacheClientAttribute"/>: <c>typeof(IShopCache).Assembly</c>.</param>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static Contract Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetCustomAttribute<CacheContractAttribute>() is { } contract
            ? Parse(contract.Json)
            : throw new ArgumentException(
                $"{assembly.GetName().Name} has no contract: it has no interface with [CacheClient], or was built by a version of TypedCache before there were contracts.", nameof(assembly));
    }

    /// <summary>The contract in a file: <c>TypedCache.contract.json</c> of a version that was released.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">It is malformed; the message has the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Contract Read(string path) => Parse(File.ReadAllText(path));

    /// <summary>The contract in a text.</summary>
    /// <param name="json">The text of a <c>TypedCache.contract.json</c>.</param>
    /// <exception cref="FormatException">It is malformed; the message has the line.</exception>
    public static Contract Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (ContractFile.Parse(json, out var mistake) is { } file)
        {
            return new Contract(file);
        }

        var before = json.AsSpan(0, Math.Clamp(mistake!.Position, 0, json.Length));
        throw new FormatException($"The contract cannot be read at line {before.Count('\n') + 1}, column {before.Length - before.LastIndexOf('\n')}, because {mistake.Reason}.");
    }

    /// <summary>What has changed since another version; what is the same, and what is new, is left out.</summary>
    /// <param name="old">The version that runs, or has written what is stored.</param>
    public IReadOnlyList<ContractDifference> Compare(Contract old)
    {
        ArgumentNullException.ThrowIfNull(old);
        return [.. ContractComparison.Compare(old._file, _file).SelectMany(ContractDifference.From)];
    }

    /// <summary>Expects that this version can take over from another one.</summary>
    /// <param name="old">The version that runs, or has written what is stored.</param>
    /// <param name="rollingDeploy">
    /// Whether processes of both versions run at the same time, so that old ones read what new ones write. False: what only old ones cannot read
    /// is let pass.
    /// </param>
    /// <exception cref="CacheAssertException">It cannot; the message has each change, and ways out.</exception>
    public void Verify(Contract old, bool rollingDeploy = true)
    {
        var differences = Compare(old).Where(difference => difference.Kind != ContractDifferenceKind.OldCannotRead || rollingDeploy).ToList();
        if (differences.Count == 0)
        {
            return;
        }

        var text = new StringBuilder($"{Assembly} cannot take over what is stored: {(differences.Count == 1 ? "1 change breaks" : $"{differences.Count} changes break")} the contract.");
        foreach (var difference in differences)
        {
            text.Append("\n\n").Append(difference);
        }

        throw new CacheAssertException(text.ToString());
    }

    /// <summary>The text of the file.</summary>
    public string ToJson() => _file.ToJson();

    /// <summary>The assembly and its keys, for people.</summary>
    public override string ToString() => $"{Assembly}: {string.Join(", ", Keys)}";
}
