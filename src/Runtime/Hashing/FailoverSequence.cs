namespace TypedCache.Hashing;

/// <summary>
/// The servers to try, in order, when a key's own server cannot be used. All clients that share the servers have to try
/// them in the same order to find each other's values.
/// </summary>
public abstract class FailoverSequence
{
    private protected FailoverSequence()
    {
    }

    /// <summary>The order of pecl-memcache 3 to 8 (memcache_pool.c, <c>mmc_pool_find_next</c>).</summary>
    public static FailoverSequence Pecl8 { get; } = new Pecl8FailoverSequence();

    /// <summary>The order of pecl-memcache 2, which differs for <see cref="StandardHashStrategy"/> (memcache_standard_hash.c, 2.2.7).</summary>
    public static FailoverSequence Pecl2 { get; } = new Pecl2FailoverSequence();

    /// <summary>Returns the position of a server to try. The same server can come up more than once.</summary>
    /// <param name="strategy">The strategy that chose the key's own server.</param>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="attempt">0 for the first server after the key's own.</param>
    public abstract int FindCandidate(IHashStrategy strategy, ReadOnlySpan<byte> key, int attempt);
}
