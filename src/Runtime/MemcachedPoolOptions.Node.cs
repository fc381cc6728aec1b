using TypedCache.Hashing;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPoolOptions
{
    /// <summary>
    /// The settings of a Node.js application that uses memjs 1.3: same key, same server. Add the servers in the same order; weights are ignored. As
    /// there, keys of a failed server do not go to another one; with its <c>failover: true</c>, set <see cref="AllowFailover"/>.
    /// </summary>
    public static MemcachedPoolOptions ForMemjs() => new()
    {
        HashStrategy = SlotsHashStrategy.Unweighted,
        HashFunction = new AbsoluteHashFunction(new JavaStringHashFunction()),
        FailoverSequence = FailoverSequence.NextServer,
        AllowFailover = false,
        ValueDialect = ValueDialect.Plain,
        Compression = new CompressionOptions { Threshold = 0 },
    };

    /// <summary>
    /// The settings of a Node.js application that uses the npm package memcached 2.2 with hashring 3.2: same key, same server. Its
    /// <c>namespace</c> is <see cref="KeyPrefix"/>.
    /// </summary>
    /// <remarks>
    /// Write hosts as Node does: they are hashed as they are. Keys of more than 250 characters become an MD5 there: keep keys shorter. As there, keys
    /// of a failed server do not go to another one; with its <c>remove: true</c>, set <see cref="AllowFailover"/>. With weights it spreads all keys
    /// anew then, which is not followed: those of the other servers stay.
    /// </remarks>
    /// <param name="hashRing">Whether its option <c>compatibility</c> is <c>hash_ring</c>.</param>
    /// <param name="digest">Its option <c>algorithm</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="digest"/> is not a value of its type.</exception>
    public static MemcachedPoolOptions ForNodeMemcached(bool hashRing = false, NodeMemcachedDigest digest = NodeMemcachedDigest.Md5) => new()
    {
        HashStrategy = NodeMemcachedRing.Create(digest, hashRing),
        HashFunction = NodeMemcachedRing.Function(digest),
        FailoverSequence = FailoverSequence.WithoutFailed,
        AllowFailover = false,
        ValueDialect = ValueDialect.NodeMemcached,
        Compression = new CompressionOptions { Threshold = 0 },
    };
}
