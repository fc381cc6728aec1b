using TypedCache.Hashing;

namespace TypedCache.Benchmarks.Cluster.Topologies;

/// <summary>A hash strategy that is compared, with its hash function. A new one needs a line here and in the scenarios.</summary>
internal sealed record Contender(string Name, HashStrategyFactory Strategy, IHashFunction Function)
{
    /// <summary>The remainder of a division: pecl-memcache 2.</summary>
    public static Contender Modulo { get; } = new("modulo", HashStrategies.Standard, HashFunctions.Crc32);

    /// <summary>The pool's default: the ring of pecl-memcache 3 to 8, read off into 1,024 buckets.</summary>
    public static Contender Ring { get; } = new("ring", HashStrategies.Consistent, HashFunctions.Crc32);

    /// <summary>php-memcached's ketama ring, in which each point counts.</summary>
    public static Contender Ketama { get; } = new(
        "ketama", PhpMemcachedHashing.Strategy(PhpMemcachedDistribution.Ketama), PhpMemcachedHashing.Function(PhpMemcachedHash.Md5));

    /// <summary>Rendezvous hashing: no key moves that need not.</summary>
    public static Contender Rendezvous { get; } = new("rendezvous", HashStrategies.Rendezvous, HashFunctions.Crc32);

    public static IReadOnlyList<Contender> All { get; } = [Modulo, Ring, Ketama, Rendezvous];

    public IHashStrategy Create(IReadOnlyList<HashServer> servers) => Strategy(servers, Function);
}
