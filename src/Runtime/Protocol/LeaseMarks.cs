namespace TypedCache.Protocol;

/// <summary>What a server says of an item beside its value (memcached's protocol.txt, "Stale-while-revalidate" and "Meta Get").</summary>
[Flags]
internal enum LeaseMarks
{
    None = 0,

    /// <summary><c>W</c>: this caller, and no other, is to create the value.</summary>
    Won = 1,

    /// <summary><c>Z</c>: some other caller has been told to.</summary>
    Taken = 2,

    /// <summary><c>X</c>: the value was invalidated.</summary>
    Invalidated = 4,
}
