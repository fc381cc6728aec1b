namespace TypedCache.Hashing;

/// <summary>The ring of dalli (ring.rb, <c>create_continuum</c>).</summary>
internal static class DalliRing
{
    private const int PointsPerServer = 160;

    /// <summary>One point from each SHA-1, shared out by weight.</summary>
    public static PointRing Create(IReadOnlyList<HashServer> servers, IHashFunction function) => new(servers, function, new RingRules
    {
        Texts = static server => new PointNames($"{ServerNames.HostAndPort(server)}:"),
        Count = static (weight, totalWeight, servers) => (int)((long)servers * PointsPerServer * weight / totalWeight),
        Digest = static () => new Sha1Points(words: 1, isBigEndian: true),
        Search = RingSearch.Floor,
    });
}
