namespace TypedCache.Hashing;

/// <summary>The rings of libmemcached (hosts.cc, <c>update_continuum</c>; hash.cc, <c>dispatch_host</c>).</summary>
internal static class LibmemcachedRings
{
    private const int UnweightedPoints = 100;
    private const int WeightedPoints = 160;

    /// <summary>100 points per server, hashed as keys are; weights are ignored.</summary>
    public static PointRing Unweighted(IReadOnlyList<HashServer> servers, IHashFunction function) => new(servers, function, new RingRules
    {
        Texts = static server => new PointNames($"{ServerNames.WithoutUsualPort(server)}-"),
        Count = static (_, _, _) => UnweightedPoints,
        Digest = () => new HashPoints(function),
    });

    /// <summary>About 160 points per server, shared out by weight: four from each MD5, whatever hashes the keys.</summary>
    public static PointRing Weighted(IReadOnlyList<HashServer> servers, IHashFunction function) => new(servers, function, new RingRules
    {
        Texts = static server => new PointNames($"{ServerNames.WithoutUsualPort(server)}-"),
        Count = DigestCount,
        Digest = static () => new Md5Points(),
    });

    /// <summary>How many MD5s a server has. Java's and twemproxy's rings count so too.</summary>
    // Single precision at every step, as in the C source: 25 equal servers get 39 digests each and not 40.
    public static int DigestCount(int weight, int totalWeight, int servers)
    {
        var share = (float)weight / totalWeight;
        return (int)MathF.Floor((share * WeightedPoints / Md5Digest.Words * servers) + 0.0000000001f);
    }
}
