using System.Globalization;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;

namespace TypedCache.Tool.Map;

/// <summary>Which keys two applications share, and whether they agree about what is stored under them.</summary>
internal sealed class SharedKeys
{
    /// <summary>Compares them.</summary>
    /// <param name="oneName">What the first application is called.</param>
    /// <param name="one">Its contract.</param>
    /// <param name="otherName">What the second one is called.</param>
    /// <param name="other">Its contract.</param>
    public SharedKeys(string oneName, ContractFile one, string otherName, ContractFile other)
    {
        (OneName, OtherName) = (oneName, otherName);
        Shared = [.. one.Keys.Join(other.Keys, KeysOf, KeysOf, (mine, yours) => Compare(one, mine, other, yours), StringComparer.Ordinal)];
        OnlyOne = Without(one, other);
        OnlyOther = Without(other, one);
        Alike =
        [
            .. OnlyOne.Join(OnlyOther, Skeleton, Skeleton, (mine, yours) => (mine, yours), StringComparer.Ordinal).DistinctBy(pair => (pair.mine.Pattern, pair.yours.Pattern)),
        ];
    }

    /// <summary>What the first application is called.</summary>
    public string OneName { get; }

    /// <summary>What the second application is called.</summary>
    public string OtherName { get; }

    /// <summary>The keys that both have.</summary>
    public IReadOnlyList<SharedKey> Shared { get; }

    /// <summary>Keys of the first application alone.</summary>
    public IReadOnlyList<ContractKey> OnlyOne { get; }

    /// <summary>Keys of the second application alone.</summary>
    public IReadOnlyList<ContractKey> OnlyOther { get; }

    /// <summary>Keys that are not shared, but nearly: version, fingerprint or the types of arguments differ.</summary>
    public IReadOnlyList<(ContractKey One, ContractKey Other)> Alike { get; }

    /// <summary>Whether they agree about all keys that they share.</summary>
    public bool Agree => Shared.All(key => key.Agree);

    private static SharedKey Compare(ContractFile one, ContractKey mine, ContractFile other, ContractKey yours) => new(
        mine,
        yours,
        [.. ContractComparison.CompareValues(one, mine, other, yours)],
        [.. ContractComparison.CompareValues(other, yours, one, mine)]);

    private static List<ContractKey> Without(ContractFile contract, ContractFile other)
    {
        var shared = other.Keys.Select(KeysOf).ToHashSet(StringComparer.Ordinal);
        return [.. contract.Keys.Where(key => !shared.Contains(KeysOf(key)))];
    }

    // Which keys a template gives: the identity leaves version and fingerprint aside, which are in the key as well.
    private static string KeysOf(ContractKey key) => string.Create(CultureInfo.InvariantCulture, $"{key.Version}|{key.Schema}|{key.Identity}");

    private static string Skeleton(ContractKey key) => $"{key.Prefix}|{string.Join("{}", ContractPattern.Literals(key.Template))}";
}
