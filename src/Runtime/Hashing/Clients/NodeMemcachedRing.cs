namespace TypedCache.Hashing;

/// <summary>The ring of npm memcached (hashring, index.js, <c>continuum</c>).</summary>
internal static class NodeMemcachedRing
{
    private const int DigestsPerServer = 40;
    private const int Words = 4;
    private const int HashRingWords = 3;

    /// <summary>How keys are hashed.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="digest"/> is not a value of its type.</exception>
    public static IHashFunction Function(NodeMemcachedDigest digest) => digest switch
    {
        NodeMemcachedDigest.Md5 => new Md5HashFunction(),
        NodeMemcachedDigest.Sha1 => new Sha1HashFunction(),
        _ => throw new ArgumentOutOfRangeException(nameof(digest), digest, "This is not one of the digests that are known of npm memcached."),
    };

    /// <summary>The ring.</summary>
    /// <param name="digest">What hashes the points.</param>
    /// <param name="hashRing">Whether <c>compatibility</c> is <c>hash_ring</c>: fewer points, and the port is always named.</param>
    public static HashStrategyFactory Create(NodeMemcachedDigest digest, bool hashRing)
    {
        var words = hashRing ? HashRingWords : Words;
        return (servers, function) => new PointRing(servers, function, new RingRules
        {
            Texts = server => new PointNames($"{(hashRing ? ServerNames.Whole(server) : ServerNames.WithoutUsualPort(server))}-"),
            Count = DigestCount,
            Digest = () => digest == NodeMemcachedDigest.Md5 ? new Md5Points(words) : new Sha1Points(words, isBigEndian: false),
        });
    }

    // In double precision and in this order, as JavaScript calculates: 7 equal servers get 39 digests each and not 40.
    private static int DigestCount(int weight, int totalWeight, int servers) => (int)Math.Floor((double)weight / totalWeight * DigestsPerServer * servers);
}
