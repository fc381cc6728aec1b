using TypedCache.Tool.Keys;
using TypedCache.Tool.Patterns;

namespace TypedCache.Tool.Census;

/// <summary>What there is in a cluster. No key is kept but those that are shown, so that it is small, however many there are.</summary>
/// <param name="patterns">The patterns of the keys.</param>
/// <param name="largest">How many of the largest items are kept.</param>
internal sealed class KeyCensus(PatternTable<ItemGroup> patterns, int largest)
{
    /// <summary>All items.</summary>
    public ItemGroup All { get; } = new();

    /// <summary>The patterns.</summary>
    public PatternTable<ItemGroup> Patterns => patterns;

    /// <summary>The largest items.</summary>
    public LargestItems Largest { get; } = new(largest);

    /// <summary>Keys that match no pattern.</summary>
    public UnmatchedKeys Unmatched { get; } = new();

    /// <summary>Counts an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="now">What time it is on its server, in seconds since 1970.</param>
    /// <param name="server">Who holds it.</param>
    public void Add(in DumpedItem item, long now, string server)
    {
        Span<byte> buffer = stackalloc byte[EncodedKey.MaxLength];
        ReadOnlySpan<byte> key = buffer[..item.CopyKeyTo(buffer)];
        All.Add(item, now);
        Largest.Add(key, item.Size, server);
        if (patterns.Find(key) is { } group)
        {
            group.Add(item, now);
        }
        else
        {
            Unmatched.Add(key, item, now);
        }
    }
}
