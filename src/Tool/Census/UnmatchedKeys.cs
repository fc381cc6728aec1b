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
    private const string NoColon = "(no colon)";
    private const string Others = "(others)";

    private readonly Dictionary<string, ItemGroup> _prefixes = [];
    private readonly List<string> _sample = [];
    private readonly Random _random = new(Seed);

    /// <summary>All of them together.</summary>
    public ItemGroup All { get; } = new();

    /// <summary>A random sample, in order.</summary>
    public IEnumerable<string> Sample => _sample.Order(StringComparer.Ordinal);

    /// <summary>What they begin with, up to the first colon.</summary>
    public IReadOnlyDictionary<string, ItemGroup> Prefixes => _prefixes;

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
        Span<char> text = stackalloc char[Encoding.UTF8.GetMaxCharCount(key.Length)];
        ReadOnlySpan<char> prefix = colon < 0 ? NoColon : text[..Encoding.UTF8.GetChars(key[..(colon + 1)], text)];
        var prefixes = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        if (prefixes.TryGetValue(prefix, out var group))
        {
            return group;
        }

        var name = _prefixes.Count < MostPrefixes ? ShownKey.Of(Encoding.UTF8.GetBytes(prefix.ToString())) : Others;
        if (!_prefixes.TryGetValue(name, out group))
        {
            _prefixes.Add(name, group = new ItemGroup());
        }

        return group;
    }
}
