using System.Collections;
using System.ComponentModel;
using MessagePack;

namespace TypedCache.Values;

/// <summary>A key and its elements, as generated codecs read an <see cref="IGrouping{TKey, TElement}"/>. Created by generated code.</summary>
/// <param name="key">The key.</param>
/// <param name="elements">The elements; null if the payload has nil in their place.</param>
/// <exception cref="MessagePackSerializationException">There are no elements.</exception>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <typeparam name="TElement">The type of the elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MessagePackGrouping<TKey, TElement>(TKey key, IEnumerable<TElement>? elements) : IGrouping<TKey, TElement>
{
    private readonly IEnumerable<TElement> _elements =
        elements ?? throw new MessagePackSerializationException("A group has nil in place of its elements.");

    /// <inheritdoc/>
    public TKey Key { get; } = key;

    /// <inheritdoc/>
    public IEnumerator<TElement> GetEnumerator() => _elements.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
