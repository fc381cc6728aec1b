namespace TypedCache.Embedded;

/// <summary>One stored item. Read and changed only under the lock of its <see cref="EmbeddedStore"/>.</summary>
internal sealed class EmbeddedItem(byte[] key, byte[] value)
{
    // What memcached counts for an item besides key and data: its header of 48 bytes, the CAS, a NUL after the key.
    private const int HeaderSize = 48 + sizeof(ulong) + 1;
    private const int LineEndSize = 2;

    public byte[] Key { get; } = key;

    public byte[] Value { get; } = value;

    public uint Flags { get; init; }

    /// <summary>The second of <see cref="EmbeddedClock"/> at which the item is gone; 0 is never.</summary>
    public uint ExpiresAt { get; set; }

    /// <summary>The second of the last access, as the meta flags <c>l</c> and <c>me</c> report it.</summary>
    public uint LastAccess { get; set; }

    /// <summary>In a stored item its CAS; in one about to be stored the CAS it requires, 0 for none.</summary>
    public ulong Cas { get; set; }

    /// <summary>Whether the item was ever read: the meta flag <c>h</c>.</summary>
    public bool Fetched { get; set; }

    /// <summary>Whether the item was invalidated but kept: the meta flag <c>X</c>.</summary>
    public bool Stale { get; set; }

    /// <summary>Whether a client was told to refresh the item: the meta flags <c>W</c> and <c>Z</c>.</summary>
    public bool TokenSent { get; set; }

    /// <summary>Whether the key came in base64 and is returned in base64.</summary>
    public bool BinaryKey { get; set; }

    /// <summary>The neighbour that was used later.</summary>
    public EmbeddedItem? Newer { get; set; }

    /// <summary>The neighbour that was used earlier.</summary>
    public EmbeddedItem? Older { get; set; }

    /// <summary>The bytes that memcached would need for this item.</summary>
    public long Size => SizeOf(Key.Length, Flags, Value.Length);

    public static long SizeOf(int keyLength, uint flags, int valueLength) =>
        HeaderSize + keyLength + (flags == 0 ? 0 : sizeof(uint)) + (long)valueLength + LineEndSize;
}
