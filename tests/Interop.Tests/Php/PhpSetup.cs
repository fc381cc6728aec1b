using TypedCache.Hashing;

namespace TypedCache.Interop.Tests.Php;

/// <summary>How a PHP application is configured, and the options of a pool which shares its cluster.</summary>
/// <param name="Name">Shown in the results.</param>
/// <param name="Extension">The extension: <c>memcache</c> or <c>memcached</c>.</param>
/// <param name="Options">Its settings, as JSON.</param>
/// <param name="CreateOptions">Makes the options of the pool.</param>
public sealed record PhpSetup(string Name, string Extension, string Options, Func<MemcachedPoolOptions> CreateOptions)
{
    public static PhpSetup[] All { get; } =
    [
        new("pecl consistent crc32", "memcache", "{}", () => MemcachedPoolOptions.ForPeclMemcache(sharedWithPhp: true)),
        new("pecl consistent fnv", "memcache", """{"hash_function":"fnv"}""", () => Pecl(HashStrategies.Consistent, HashFunctions.Fnv1a)),
        new("pecl standard crc32", "memcache", """{"hash_strategy":"standard"}""", () => Pecl(HashStrategies.Standard, HashFunctions.Crc32)),
        new("pecl standard fnv", "memcache", """{"hash_strategy":"standard","hash_function":"fnv"}""", () => Pecl(HashStrategies.Standard, HashFunctions.Fnv1a)),
        new("pecl with a prefix", "memcache", """{"prefix_static_key":"app:"}""",
            () => WithPrefix(MemcachedPoolOptions.ForPeclMemcache(sharedWithPhp: true))),
        new("php-memcached modula", "memcached", "{}", () => MemcachedPoolOptions.ForPhpMemcached()),
        new("php-memcached modula crc", "memcached", """{"OPT_HASH":"HASH_CRC"}""",
            () => MemcachedPoolOptions.ForPhpMemcached(hash: PhpMemcachedHash.Crc)),
        new("php-memcached consistent", "memcached", """{"OPT_DISTRIBUTION":"DISTRIBUTION_CONSISTENT"}""",
            () => MemcachedPoolOptions.ForPhpMemcached(PhpMemcachedDistribution.Consistent)),
        new("php-memcached ketama", "memcached", """{"OPT_LIBKETAMA_COMPATIBLE":true}""",
            () => MemcachedPoolOptions.ForPhpMemcached(PhpMemcachedDistribution.Ketama)),
        new("php-memcached with a prefix", "memcached", """{"OPT_PREFIX_KEY":"app:"}""",
            () => WithPrefix(MemcachedPoolOptions.ForPhpMemcached())),
        new("php-memcached with a hashed prefix", "memcached", """{"OPT_PREFIX_KEY":"app:","OPT_HASH_WITH_PREFIX_KEY":true}""",
            () => WithPrefix(MemcachedPoolOptions.ForPhpMemcached(), isHashed: true)),
    ];

    public bool IsPecl => Extension == "memcache";

    public override string ToString() => Name;

    private static MemcachedPoolOptions Pecl(HashStrategyFactory strategy, IHashFunction function)
    {
        var options = MemcachedPoolOptions.ForPeclMemcache(sharedWithPhp: true);
        options.HashStrategy = strategy;
        options.HashFunction = function;
        return options;
    }

    private static MemcachedPoolOptions WithPrefix(MemcachedPoolOptions options, bool? isHashed = null)
    {
        options.KeyPrefix = "app:";
        options.HashKeyPrefix = isHashed ?? options.HashKeyPrefix;
        return options;
    }
}
