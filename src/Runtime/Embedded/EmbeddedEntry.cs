namespace TypedCache.Embedded;

/// <summary>An item of an <see cref="EmbeddedServer"/> as it was when it was asked for.</summary>
public sealed record EmbeddedEntry
{
    internal EmbeddedEntry(EmbeddedItem item, uint now)
    {
        Key = item.Key;

        // The server counts in the value's own bytes where a number fits.
        Value = item.Value.AsSpan().ToArray();
        Flags = item.Flags;
        TimeLeft = item.ExpiresAt == 0 ? null : TimeSpan.FromSeconds(item.ExpiresAt - now);
        SinceLastAccess = TimeSpan.FromSeconds(now - item.LastAccess);
        Cas = item.Cas;
        WasRead = item.Fetched;
        IsStale = item.Stale;
        IsLeased = item.TokenSent;
    }

    /// <summary>The key, with the prefix of its pool.</summary>
    public ReadOnlyMemory<byte> Key { get; }

    /// <summary>The stored bytes.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>What its client says of the bytes.</summary>
    public uint Flags { get; }

    /// <summary>For how long it stays, in whole seconds; null: it does not expire.</summary>
    public TimeSpan? TimeLeft { get; }

    /// <summary>How long ago it was stored, touched or read (not for the first time), in whole seconds.</summary>
    public TimeSpan SinceLastAccess { get; }

    /// <summary>Its CAS number.</summary>
    public ulong Cas { get; }

    /// <summary>Whether it was ever read.</summary>
    public bool WasRead { get; }

    /// <summary>Whether it was invalidated, and stays to be given out as stale.</summary>
    public bool IsStale { get; }

    /// <summary>
    /// Whether a client holds the lease to create its value anew. A missing value that is being created is an item too, empty and without
    /// flags.
    /// </summary>
    public bool IsLeased { get; }
}
