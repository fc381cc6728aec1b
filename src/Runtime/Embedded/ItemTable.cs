using TypedCache.Keys;

namespace TypedCache.Embedded;

/// <summary>The items by key and by last use, within a limit of memory.</summary>
internal sealed class ItemTable
{
    private readonly Dictionary<byte[], EmbeddedItem> _items = new(KeyComparer.Instance);
    private readonly Dictionary<byte[], EmbeddedItem>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private EmbeddedItem? _newest;
    private EmbeddedItem? _oldest;

    public ItemTable()
    {
        _bySpan = _items.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The bytes of all items.</summary>
    public long Bytes { get; private set; }

    public int Count => _items.Count;

    /// <summary>The item that has not been used for the longest time.</summary>
    public EmbeddedItem? Oldest => _oldest;

    /// <summary>The item used last; <see cref="EmbeddedItem.Older"/> leads to the others.</summary>
    public EmbeddedItem? Newest => _newest;

    public EmbeddedItem? Find(ReadOnlySpan<byte> key) => _bySpan.TryGetValue(key, out var item) ? item : null;

    /// <summary>Adds an item with a new key.</summary>
    public void Add(EmbeddedItem item)
    {
        _items.Add(item.Key, item);
        Bytes += item.Size;
        PutFirst(item);
    }

    public void Remove(EmbeddedItem item)
    {
        _items.Remove(item.Key);
        Bytes -= item.Size;
        TakeOut(item);
    }

    /// <summary>Makes the item the one used last.</summary>
    public void Promote(EmbeddedItem item)
    {
        if (!ReferenceEquals(item, _newest))
        {
            TakeOut(item);
            PutFirst(item);
        }
    }

    private void PutFirst(EmbeddedItem item)
    {
        item.Older = _newest;
        item.Newer = null;
        if (_newest is not null)
        {
            _newest.Newer = item;
        }

        _newest = item;
        _oldest ??= item;
    }

    private void TakeOut(EmbeddedItem item)
    {
        if (item.Newer is null)
        {
            _newest = item.Older;
        }
        else
        {
            item.Newer.Older = item.Older;
        }

        if (item.Older is null)
        {
            _oldest = item.Newer;
        }
        else
        {
            item.Older.Newer = item.Newer;
        }
    }
}
