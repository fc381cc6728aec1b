using TypedCache.Hashing;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPoolOptions
{
    private const int PhpMemcachedThreshold = 2000;
    private const double PhpMemcachedFactor = 1.3;

    /// <summary>
    /// The settings of a PHP application that uses pecl-memcache 3 to 8 with its defaults (<c>memcache.hash_strategy =
    /// consistent</c>, <c>memcache.hash_function = crc32</c>): same key, same server, same value. Add the servers in the order
    /// of PHP's <c>addServer</c> calls, with the same host names.
    /// </summary>
    /// <param name="sharedWithPhp">
    /// Whether PHP reads what this pool stores as MessagePack, by <c>msgpack_unpack()</c> (<see cref="ValueDialect.PeclSharedWithPhp"/>).
    /// Otherwise <c>get</c> returns false to PHP for such values.
    /// </param>
    public static MemcachedPoolOptions ForPeclMemcache(bool sharedWithPhp = false) => new()
    {
        KeyPolicy = KeyPolicy.Pecl,
        ValueDialect = DialectOf(sharedWithPhp),
    };

    /// <summary>
    /// The settings of a PHP application that uses pecl-memcache 2.2 with its defaults (<c>standard</c>, <c>crc32</c>, no
    /// compression until it is turned on). PHP reads numbers and bools as strings there.
    /// </summary>
    /// <inheritdoc cref="ForPeclMemcache" path="/param"/>
    public static MemcachedPoolOptions ForPeclMemcache2(bool sharedWithPhp = false) => new()
    {
        ValueDialect = DialectOf(sharedWithPhp),
        HashStrategy = HashStrategies.Standard,
        FailoverSequence = FailoverSequence.Pecl2,
        KeyPolicy = KeyPolicy.Pecl,
        Compression = new CompressionOptions { Threshold = 0 },
    };

    /// <summary>
    /// The settings of a PHP application that uses php-memcached. As there, keys of a failed server do not go to another one, and
    /// <see cref="KeyPrefix"/> is not hashed.
    /// </summary>
    /// <param name="distribution">How PHP spreads the keys; its default is the remainder of a division.</param>
    /// <param name="hash">How PHP hashes the keys. By default as PHP does: MD5 for ketama, otherwise one-at-a-time.</param>
    /// <param name="signedChar">Whether plain <c>char</c> is signed where PHP runs: it is on x86 and x64, but not on Linux/arm64.</param>
    /// <param name="sortHosts">Whether PHP sets <c>OPT_SORT_HOSTS</c>, before or after it adds the servers.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not a value of its type.</exception>
    public static MemcachedPoolOptions ForPhpMemcached(
        PhpMemcachedDistribution distribution = PhpMemcachedDistribution.Modula, PhpMemcachedHash? hash = null, bool signedChar = true, bool sortHosts = false)
    {
        var usual = distribution == PhpMemcachedDistribution.Ketama ? PhpMemcachedHash.Md5 : PhpMemcachedHash.OneAtATime;
        return new MemcachedPoolOptions
        {
            HashStrategy = PhpMemcachedHashing.Strategy(distribution, sortHosts),
            HashFunction = PhpMemcachedHashing.Function(hash ?? usual, signedChar),
            ValueDialect = ValueDialect.PhpMemcached,
            Compression = new CompressionOptions
            {
                Threshold = PhpMemcachedThreshold,
                MinimumSaving = 1 - (1 / PhpMemcachedFactor),
            },
            AllowFailover = false,
            HashKeyPrefix = false,
        };
    }

    private static ValueDialect DialectOf(bool sharedWithPhp) => sharedWithPhp ? ValueDialect.PeclSharedWithPhp : ValueDialect.Pecl;
}
