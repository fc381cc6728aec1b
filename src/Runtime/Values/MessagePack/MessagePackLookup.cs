using System.Collections;
using System.ComponentModel;
using MessagePack;

namespace TypedCache.Values;

/// <summary>
/// Groups by their keys, as generated codecs read an <see cref="ILookup{TKey, TElement}"/>. A group may be empty, unlike
/// one of LINQ. Created by generated code.
/// </summary>
/// <param name="capacity">How many groups there will be.</param>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TElement">The type of the elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MessagePackLookup<TKey, TElement>(int capacity) : ILookup<TKey, TElement>
    where TKey : notnull
{
    private readonly Dictionary<TKey, IGrouping<TKey, TElement>> _groups = new(capacity);

    /// <inheritdoc/>
    public int Count => _groups.Count;

    /// <inheritdoc/>
    public IEnumerable<TElement> this[TKey key] => _groups.TryGetValue(key, out var group) ? group : [];

    /// <summary>Adds a group.</summary>
    /// <param name="group">The group.</param>
    /// <exception cref="ArgumentException">There is a group with its key.</exception>
    /// <exception cref="MessagePackSerializationException">The payload has nil in place of a group.</exception>
    public void Add(IGrouping<TKey, TElement>? group)
    {
        if (group is null)
        {
            throw new MessagePackSerializationException("A lookup has nil in place of a group.");
        }

        _groups.Add(group.Key, group);
    }

    /// <inheritdoc/>
    public bool Contains(TKey key) => _groups.ContainsKey(key);

    /// <inheritdoc/>
    public IEnumerator<IGrouping<TKey, TElement>> GetEnumerator() => _groups.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
