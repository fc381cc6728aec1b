namespace TypedCache.Protocol;

/// <summary>What a server says about an item besides its value (memcached's protocol.txt, "Stale-while-revalidate" and "Meta Get").</summary>
[Flags]
internal enum LeaseMarks
{
    None = 0,

    /// <summary><c>W</c>: this caller, and no other, is to create the value.</summary>
    Won = 1,

    /// <summary><c>Z</c>: another caller has been told to create it.</summary>
    Taken = 2,

    /// <summary><c>X</c>: the value was invalidated.</summary>
    Invalidated = 4,
}
