namespace TypedCache.Hashing;

/// <summary>php-memcached's settings as hash functions and strategies.</summary>
public static class PhpMemcachedHashing
{
    /// <summary>Returns the hash function of keys, and of points that are not weighted.</summary>
    /// <param name="hash">The setting.</param>
    /// <param name="signedChar">
    /// Whether plain <c>char</c> is signed where PHP runs: true on x86 and x64, false on Linux/arm64. It matters only for bytes from
    /// 0x80 on.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hash"/> is not a value of its type.</exception>
    public static IHashFunction Function(PhpMemcachedHash hash, bool signedChar = true) => hash switch
    {
        PhpMemcachedHash.OneAtATime => new OneAtATimeHashFunction(signedChar),
        PhpMemcachedHash.Md5 => new Md5HashFunction(),
        PhpMemcachedHash.Crc => new FoldedHashFunction(HashFunctions.Crc32),
        PhpMemcachedHash.Fnv64 => new FnvHashFunction(FnvConstants.WideOffset, FnvConstants.WidePrime, multiplyFirst: true, signedChar),
        PhpMemcachedHash.Fnv1a64 => new FnvHashFunction(FnvConstants.WideOffset, FnvConstants.WidePrime, multiplyFirst: false, signedChar),
        PhpMemcachedHash.Fnv32 => new FnvHashFunction(FnvConstants.Offset, FnvConstants.Prime, multiplyFirst: true, signedChar),
        PhpMemcachedHash.Fnv1a32 => new Fnv1aHashFunction(signedChar),
        PhpMemcachedHash.Murmur => new MurmurHashFunction(),
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "This is not one of php-memcached's hashes."),
    };

    /// <summary>Returns the strategy of a distribution for PHP's <c>OPT_SORT_HOSTS</c>: the servers are sorted by host, then by port.</summary>
    /// <param name="distribution">The setting.</param>
    /// <param name="sortHosts">Whether they are; otherwise their order is that of the list.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="distribution"/> is not a value of its type.</exception>
    public static HashStrategyFactory Strategy(PhpMemcachedDistribution distribution, bool sortHosts)
    {
        var strategy = Strategy(distribution);
        return sortHosts ? (servers, function) => new SortedHostsStrategy(servers, function, strategy) : strategy;
    }

    /// <summary>Returns the strategy of a distribution.</summary>
    /// <param name="distribution">The setting.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="distribution"/> is not a value of its type.</exception>
    public static HashStrategyFactory Strategy(PhpMemcachedDistribution distribution) => distribution switch
    {
        PhpMemcachedDistribution.Modula => SlotsHashStrategy.Unweighted,
        PhpMemcachedDistribution.Consistent => static (servers, function) => servers.Any(server => server.Weight > 1)
            ? LibmemcachedRings.Weighted(servers, function)
            : LibmemcachedRings.Unweighted(servers, function),
        PhpMemcachedDistribution.ConsistentUnweighted => LibmemcachedRings.Unweighted,
        PhpMemcachedDistribution.Ketama => LibmemcachedRings.Weighted,
        _ => throw new ArgumentOutOfRangeException(nameof(distribution), distribution, "This is not one of php-memcached's distributions."),
    };
}
