using TypedCache.Generator.Contracts;

namespace TypedCache.Tool.Patterns;

/// <summary>Finds the pattern of a contract that a key has.</summary>
internal sealed class KeyMatcher
{
    // In front of the template in the keys of tags (docs/tags.md).
    private const string TagMark = "~t:";

    private readonly KeyPattern[] _patterns;

    /// <summary>Takes the patterns of a contract, and those of the tags.</summary>
    public KeyMatcher(ContractFile contract) => _patterns =
    [
        .. contract.Keys.Select(key => new KeyPattern(key.Pattern, key, key.Arguments))
            .Concat(contract.Keys.SelectMany(key => key.Tags.SelectMany(tag => TagPatterns(key, tag))).DistinctBy(pattern => pattern.Text))
            .OrderDescending(),
    ];

    /// <summary>The most specific pattern that gives such a key; null: none does.</summary>
    /// <param name="key">The key without the pool's prefix.</param>
    public KeyPattern? Find(ReadOnlySpan<byte> key)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(key))
            {
                return pattern;
            }
        }

        return null;
    }

    // The version in the keys of tags is that of the interface, which is not always that of the key. The types of a tag's placeholders are not
    // in the contract.
    private static IEnumerable<KeyPattern> TagPatterns(ContractKey key, string tag)
    {
        var prefix = key.Prefix.Length == 0 ? "" : $"{key.Prefix}:";
        foreach (var version in key.Version == 0 ? (string[])[""] : ["", $"v{key.Version}:"])
        {
            var pattern = prefix + version + TagMark + tag;
            yield return new KeyPattern(pattern, null, [.. Enumerable.Repeat(new ContractArgument("", "string"), ContractPattern.Literals(pattern).Count - 1)]);
        }
    }
}
