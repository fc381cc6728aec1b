using TypedCache.Tool.Keys;

namespace TypedCache.Tool.Census;

/// <summary>Keeps the largest items of all that it is shown.</summary>
/// <param name="count">How many.</param>
internal sealed class LargestItems(int count)
{
    private readonly PriorityQueue<LargeItem, long> _items = new();

    /// <summary>The items, the largest first.</summary>
    public IEnumerable<LargeItem> Items => _items.UnorderedItems
        .Select(entry => entry.Element).OrderByDescending(item => item.Size).ThenBy(item => item.Key, StringComparer.Ordinal);

    /// <summary>Shows it an item.</summary>
    public void Add(ReadOnlySpan<byte> key, long size, string server)
    {
        if (count == 0 || (_items.Count == count && _items.TryPeek(out _, out var smallest) && size <= smallest))
        {
            return;
        }

        _items.Enqueue(new LargeItem(ShownKey.Of(key), size, server), size);
        if (_items.Count > count)
        {
            _items.Dequeue();
        }
    }
}
