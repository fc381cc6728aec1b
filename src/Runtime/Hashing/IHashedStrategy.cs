namespace TypedCache.Hashing;

/// <summary>A strategy that chooses by the hash of a key alone, so that the next servers can be chosen by other hashes.</summary>
internal interface IHashedStrategy : IHashStrategy
{
    /// <summary>Hashes bytes as keys are hashed.</summary>
    uint Hash(ReadOnlySpan<byte> bytes);

    /// <summary>Returns the position of the server of a hash.</summary>
    int FindByHash(uint hash);
}
