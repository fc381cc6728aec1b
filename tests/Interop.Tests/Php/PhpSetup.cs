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
        new("php-memcached modula", "memcached", "{}", () => MemcachedPoolOptions.ForPhpMemcached()),
        new("php-memcached modula crc", "memcached", """{"OPT_HASH":"HASH_CRC"}""",
            () => MemcachedPoolOptions.ForPhpMemcached(hash: PhpMemcachedHash.Crc)),
        new("php-memcached consistent", "memcached", """{"OPT_DISTRIBUTION":"DISTRIBUTION_CONSISTENT"}""",
            () => MemcachedPoolOptions.ForPhpMemcached(PhpMemcachedDistribution.Consistent)),
        new("php-memcached ketama", "memcached", """{"OPT_LIBKETAMA_COMPATIBLE":true}""",
            () => MemcachedPoolOptions.ForPhpMemcached(PhpMemcachedDistribution.Ketama)),
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
}
