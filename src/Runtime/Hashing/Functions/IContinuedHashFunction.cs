namespace TypedCache.Hashing;

/// <summary>A hash function that can go on from the hash of what stands in front.</summary>
internal interface IContinuedHashFunction : IHashFunction
{
    /// <summary>Hashes bytes that follow others.</summary>
    /// <param name="hash">The hash of the others.</param>
    /// <param name="bytes">What follows them.</param>
    /// <returns>The hash of all together.</returns>
    uint Continue(uint hash, ReadOnlySpan<byte> bytes);
}
