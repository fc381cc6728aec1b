using System.Text;
using TypedCache.Tool.Keys;

namespace TypedCache.Tool.Census;

/// <summary>Keys that match no pattern: how many, by what they begin with, and some of them.</summary>
internal sealed class UnmatchedKeys
{
    /// <summary>How many keys are kept as a sample.</summary>
    public const int SampleSize = 20;

    private const int MostPrefixes = 1000;
    private const int Seed = 1;

    // As they are in the keys, so that they are found again.
    private readonly Dictionary<string, ItemGroup> _prefixes = [];
    private readonly ItemGroup _noColon = new();
    private readonly ItemGroup _others = new();
    private readonly List<string> _sample = [];
    private readonly Random _random = new(Seed);

    /// <summary>All of them together.</summary>
    public ItemGroup All { get; } = new();

    /// <summary>A random sample, in order.</summary>
    public IEnumerable<string> Sample => _sample.Order(StringComparer.Ordinal);

    /// <summary>What they begin with, up to the first colon, for people.</summary>
    public IEnumerable<KeyValuePair<string, ItemGroup>> Prefixes => _prefixes
        .Select(prefix => KeyValuePair.Create(ShownKey.Of(Encoding.UTF8.GetBytes(prefix.Key)), prefix.Value))
        .Append(new("(no colon)", _noColon)).Append(new("(others)", _others))
        .Where(prefix => prefix.Value.Items > 0);

    /// <summary>Counts a key.</summary>
    public void Add(ReadOnlySpan<byte> key, in DumpedItem item, long now)
    {
        All.Add(item, now);
        GroupOf(key).Add(item, now);

        // Each key has the same chance of being in the sample (reservoir sampling).
        if (_sample.Count < SampleSize)
        {
            _sample.Add(ShownKey.Of(key));
        }
        else if (_random.NextInt64(All.Items) is < SampleSize and var place)
        {
            _sample[(int)place] = ShownKey.Of(key);
        }
    }

    private ItemGroup GroupOf(ReadOnlySpan<byte> key)
    {
        var colon = key.IndexOf((byte)':');
        if (colon < 0)
        {
            return _noColon;
        }

        Span<char> text = stackalloc char[Encoding.UTF8.GetMaxCharCount(colon + 1)];
        ReadOnlySpan<char> prefix = text[..Encoding.UTF8.GetChars(key[..(colon + 1)], text)];
        if (_prefixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(prefix, out var group))
        {
            return group;
        }

        if (_prefixes.Count == MostPrefixes)
        {
            return _others;
        }

        group = new ItemGroup();
        _prefixes.Add(prefix.ToString(), group);
        return group;
    }
}
