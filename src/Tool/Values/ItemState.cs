namespace TypedCache.Tool.Values;

/// <summary>What a server knows of an item besides its value.</summary>
/// <param name="Server">Who holds it.</param>
internal sealed record ItemState(MemcachedServer Server)
{
    /// <summary>For how many seconds it lives on; -1: without limit; null: not known.</summary>
    public long? TimeToLive { get; init; }

    /// <summary>How many seconds ago it was last read, or else written; null: not known.</summary>
    public long? LastAccess { get; init; }

    /// <summary>Whether it had been read since it was written; null: not known.</summary>
    public bool? WasRead { get; init; }

    /// <summary>Its CAS number; null: not known.</summary>
    public ulong? Cas { get; init; }

    /// <summary>How many bytes it takes, key and header included; null: not known.</summary>
    public long? Size { get; init; }

    /// <summary>The state of its lease.</summary>
    public LeaseState Lease { get; init; }
}
