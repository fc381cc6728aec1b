namespace TypedCache.Tags;

/// <summary>Items that are to be stored, with their values and tags.</summary>
internal sealed class TaggedItems<TItem, T>
{
    private readonly List<TItem> _items = [];
    private readonly List<(T Value, int[] Tags)> _values = [];
    private readonly TagTable _tags = new();

    /// <summary>The keys of all tags.</summary>
    public byte[][] Tags => _tags.Keys;

    /// <summary>The values, each with the positions of its tags.</summary>
    public (T Value, int[] Tags)[] Values => [.. _values];

    /// <summary>Adds an item.</summary>
    public void Add(TItem item, T value, in TagKeys tags)
    {
        _items.Add(item);
        _values.Add((value, _tags.Add(tags)));
    }

    /// <summary>The items with values that have versions.</summary>
    public KeyValuePair<TItem, Tagged<T>>[] With(Tagged<T>[] tagged)
    {
        var items = new KeyValuePair<TItem, Tagged<T>>[tagged.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new KeyValuePair<TItem, Tagged<T>>(_items[i], tagged[i]);
        }

        return items;
    }
}
