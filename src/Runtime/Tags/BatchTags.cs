namespace TypedCache.Tags;

/// <summary>The items of a read of many, each once, with their tags.</summary>
internal sealed class BatchTags<TItem>
    where TItem : notnull
{
    private readonly Dictionary<TItem, int[]> _positions = [];
    private readonly List<TItem> _items = [];
    private readonly TagTable _tags = new();

    /// <summary>The items, in their order.</summary>
    public IReadOnlyList<TItem> Items => _items;

    /// <summary>The keys of all tags.</summary>
    public byte[][] Keys => _tags.Keys;

    /// <summary>Makes the list of items and writes the keys of their tags.</summary>
    public static BatchTags<TItem> Of<TState>(IEnumerable<TItem> items, TState state, TagKeysOf<TState, TItem> tags, int maxKeyLength)
    {
        var batch = new BatchTags<TItem>();
        Span<byte> buffer = stackalloc byte[NamedTags.MaxNamed * TagKeys.SizePerTag];
        foreach (var item in items)
        {
            if (!batch._positions.ContainsKey(item))
            {
                var keys = new TagKeys(buffer, maxKeyLength);
                tags(ref keys, state, item);
                NamedTags.CheckCount(keys);
                batch._positions.Add(item, batch._tags.Add(keys));
                batch._items.Add(item);
            }
        }

        return batch;
    }

    /// <summary>The versions of an item's tags, out of those of all.</summary>
    public ulong[] VersionsOf(TItem item, ulong[] all) => Array.ConvertAll(_positions[item], position => all[position]);

    /// <summary>The keys of an item's tags.</summary>
    public byte[][] KeysOf(TItem item)
    {
        var keys = _tags.Keys;
        return Array.ConvertAll(_positions[item], position => keys[position]);
    }
}
