namespace TypedCache.Hashing;

/// <summary>A strategy that can leave out servers which have failed, without moving the keys of the others.</summary>
internal interface IReducibleStrategy : IHashStrategy
{
    /// <summary>Returns the position of a key's server as it would be if some servers were not on the list; -1 where none is left.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="without">The positions of those that are left out, among them the key's own.</param>
    int FindWithout(ReadOnlySpan<byte> key, ReadOnlySpan<int> without);
}
