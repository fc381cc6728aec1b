using System.Text;
using TypedCache.Generator.Contracts;
using TypedCache.Tool.Patterns;

namespace TypedCache.Tool.Watching;

/// <summary>Which keys somebody wants to see: by a glob over keys, or by a pattern of the contract as it is written there.</summary>
/// <param name="text">The glob or the pattern.</param>
/// <param name="contract">The contract; null: there is none.</param>
/// <param name="keyPrefix">What the pool puts in front of all keys.</param>
internal sealed class KeyFilter(string text, ContractFile? contract, string keyPrefix)
{
    private readonly Glob _glob = new(text);
    private readonly KeyMatcher? _matcher = contract is null ? null : new KeyMatcher(contract);
    private readonly byte[] _keyPrefix = Encoding.UTF8.GetBytes(keyPrefix);

    /// <summary>Whether a key is wanted.</summary>
    /// <param name="key">The key as it is on the wire.</param>
    /// <param name="pattern">Its pattern in the contract; null: not known.</param>
    public bool Takes(ReadOnlySpan<byte> key, out string? pattern)
    {
        pattern = null;
        if (!key.StartsWith(_keyPrefix))
        {
            return false;
        }

        var own = key[_keyPrefix.Length..];
        pattern = _matcher?.Find(own)?.Text;
        return pattern == text || _glob.Matches(own);
    }
}
