namespace TypedCache.Hashing;

/// <summary>The strategies and hashes of spymemcached (KetamaNodeLocator.java, DefaultHashAlgorithm.java).</summary>
internal static class SpymemcachedHashing
{
    private const int DigestsPerServer = 40;
    private const int PointsPerServer = 160;

    /// <summary>How keys are hashed.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hash"/> is not a value of its type.</exception>
    public static IHashFunction Function(SpymemcachedHash hash) => hash switch
    {
        SpymemcachedHash.Native => new JavaStringHashFunction(),
        SpymemcachedHash.Ketama => new Md5HashFunction(),
        SpymemcachedHash.Crc => new FoldedHashFunction(HashFunctions.Crc32),
        SpymemcachedHash.Fnv64 => new Utf16FnvHashFunction(FnvConstants.WideOffset, FnvConstants.WidePrime, multiplyFirst: true),
        SpymemcachedHash.Fnv1a64 => new Utf16FnvHashFunction(FnvConstants.WideOffset, FnvConstants.WidePrime, multiplyFirst: false),
        SpymemcachedHash.Fnv32 => new Utf16FnvHashFunction(FnvConstants.Offset, FnvConstants.Prime, multiplyFirst: true),
        SpymemcachedHash.Fnv1a32 => new Utf16FnvHashFunction(FnvConstants.Offset, FnvConstants.Prime, multiplyFirst: false),
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "This is not one of spymemcached's hashes."),
    };

    /// <summary>The ring.</summary>
    /// <param name="hash">What hashes the keys, and, unless it is <see cref="SpymemcachedHash.Ketama"/>, the points.</param>
    /// <param name="names">The names of the servers.</param>
    /// <param name="weighted">Whether points are shared out by weight where all weights are 1 too: the division is not exact.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="names"/> is not a value of its type.</exception>
    public static HashStrategyFactory Ketama(SpymemcachedHash hash, SpymemcachedNames names, bool weighted)
    {
        var nameOf = NameOf(names);
        var isMd5 = hash == SpymemcachedHash.Ketama;
        return (servers, function) =>
        {
            var sharesOut = weighted || HasWeights(servers);
            return new PointRing(servers, function, new RingRules
            {
                Texts = server => new PointNames($"{nameOf(server)}-"),
                Count = (weight, totalWeight, count) => !sharesOut ? (isMd5 ? DigestsPerServer : PointsPerServer)
                    : LibmemcachedRings.DigestCount(weight, totalWeight, count) * (isMd5 ? 1 : Md5Digest.Words),
                Digest = () => isMd5 ? new Md5Points() : new HashPoints(function),
                Equal = EqualPoints.OfLastServer,
                TakesAddresses = names == SpymemcachedNames.Spymemcached,
            });
        };
    }

    private static bool HasWeights(IReadOnlyList<HashServer> servers)
    {
        foreach (var server in servers)
        {
            if (server.Weight > 1)
            {
                return true;
            }
        }

        return false;
    }

    private static Func<HashServer, string> NameOf(SpymemcachedNames names) => names switch
    {
        SpymemcachedNames.Spymemcached => ServerNames.JavaSocketAddressUnslashed,
        SpymemcachedNames.SpymemcachedUnresolved => ServerNames.UnresolvedJavaSocketAddress,
        SpymemcachedNames.Libmemcached => ServerNames.WithoutUsualPort,
        _ => throw new ArgumentOutOfRangeException(nameof(names), names, "This is not one of the ways in which spymemcached names servers."),
    };
}
