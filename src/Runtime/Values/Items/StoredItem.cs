namespace TypedCache.Values;

/// <summary>
/// An item as it came from a server: its bytes, and what the server says of it. It lives on the stack, because its bytes are valid only
/// during the call that passes them.
/// </summary>
public readonly ref struct StoredItem
{
    internal StoredItem(ReadOnlyMemory<byte> payload, ItemInfo info, bool isStale)
    {
        Payload = payload;
        Info = info;
        IsStale = isStale;
    }

    /// <summary>The bytes as stored, in the buffer in which they were received.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>What the server says of the item.</summary>
    public ItemInfo Info { get; }

    /// <summary>Whether the item has been invalidated.</summary>
    internal bool IsStale { get; }
}
