namespace TypedCache.Hashing;

/// <summary>The rings of EnyimMemcachedCore and EnyimMemcached (Memcached/Locators, HashAlgorithms).</summary>
internal static class EnyimHashing
{
    private const int DefaultPoints = 100;
    private const int KetamaPoints = 160;

    /// <summary>How the keys of the current ring are hashed.</summary>
    public static IHashFunction CurrentFunction => new Fnv1aHashFunction(signedChar: false);

    /// <summary>How the keys of the legacy ring are hashed: each by a new object, which begins with 0.</summary>
    public static IHashFunction LegacyFunction => Fnv(offset: 0, multiplyFirst: false);

    /// <summary>The ring of <c>DefaultNodeLocator</c> of version 3: the number of a point stands in front.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="endPoints"/> is not a value of its type.</exception>
    public static HashStrategyFactory Current(EnyimEndPoints endPoints)
    {
        var nameOf = NameOf(endPoints);
        return (servers, function) => new PointRing(servers, function, new RingRules
        {
            Texts = server => new PointNames("", $"-{nameOf(server)}"),
            Count = static (_, _, _) => DefaultPoints,
            Digest = () => new HashPoints(CurrentFunction),
            Search = RingSearch.CeilingButLastBelowFirst,
            Equal = EqualPoints.OfLastServer,
            TakesAddresses = endPoints == EnyimEndPoints.Resolved,
        });
    }

    /// <summary>The ring of <c>LegacyNodeLocator</c>: the first point of each server is hashed from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="endPoints"/> is not a value of its type.</exception>
    public static HashStrategyFactory Legacy(EnyimEndPoints endPoints)
    {
        var nameOf = NameOf(endPoints);
        return (servers, function) => new PointRing(servers, function, new RingRules
        {
            Texts = server => new PointNames($"{nameOf(server)}-"),
            Count = static (_, _, _) => DefaultPoints,
            Digest = () => new FirstDifferentPoints(new HashPoints(LegacyFunction), new HashPoints(CurrentFunction)),
            Search = RingSearch.CeilingButLastBelowFirst,
            Equal = EqualPoints.OfLastServer,
            TakesAddresses = endPoints == EnyimEndPoints.Resolved,
        });
    }

    /// <summary>The ring of <c>KetamaNodeLocator</c>: one object hashes all points.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hash"/> is not a value of its type.</exception>
    public static HashStrategyFactory Ketama(Enyim2KetamaHash hash) => (servers, function) =>
    {
        var digest = KetamaDigest(hash);
        return new PointRing(servers, function, new RingRules
        {
            Texts = static server => new PointNames($"{ServerNames.EndPoint(server)}-"),
            Count = (_, _, _) => KetamaPoints / digest.Points,
            Digest = () => digest,
            Search = RingSearch.CeilingButLastBelowFirst,
            Equal = EqualPoints.OfLastServer,
            TakesAddresses = true,
        });
    };

    /// <summary>How the keys of a ketama ring are hashed.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hash"/> is not a value of its type.</exception>
    public static IHashFunction KetamaFunction(Enyim2KetamaHash hash) => hash switch
    {
        Enyim2KetamaHash.Md5 => new Md5HashFunction(),
        Enyim2KetamaHash.Sha1 => new Sha1HashFunction(),
        Enyim2KetamaHash.Tiger => new TigerHashFunction(),
        Enyim2KetamaHash.Crc => new FoldedHashFunction(HashFunctions.Crc32),
        Enyim2KetamaHash.Fnv32 => Fnv(FnvConstants.Offset, multiplyFirst: true),
        Enyim2KetamaHash.Fnv1a32 => CurrentFunction,
        Enyim2KetamaHash.Fnv64 => new FnvHashFunction(FnvConstants.WideOffset, FnvConstants.WidePrime, multiplyFirst: true, signedChar: false),
        Enyim2KetamaHash.Fnv1a64 => new FnvHashFunction(FnvConstants.WideOffset, FnvConstants.WidePrime, multiplyFirst: false, signedChar: false),
        Enyim2KetamaHash.Murmur => new MurmurHashFunction(),
        Enyim2KetamaHash.OneAtATime => new ZeroHashFunction(),
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "This is not one of EnyimMemcached's hashes."),
    };

    private static PointDigest KetamaDigest(Enyim2KetamaHash hash) => hash switch
    {
        Enyim2KetamaHash.Md5 => new Md5Points(),
        Enyim2KetamaHash.Sha1 => new Sha1Points(words: 5, isBigEndian: false),
        Enyim2KetamaHash.Tiger => new TigerPoints(),
        Enyim2KetamaHash.Fnv32 => new FirstDifferentPoints(new HashPoints(Fnv(offset: 0, multiplyFirst: true)), new HashPoints(KetamaFunction(hash))),
        Enyim2KetamaHash.Fnv1a32 => new FirstDifferentPoints(new HashPoints(LegacyFunction), new HashPoints(CurrentFunction)),
        Enyim2KetamaHash.Fnv64 => new FirstDifferentPoints(new WideFnvPoints(offset: 0, multiplyFirst: true), new WideFnvPoints(FnvConstants.Offset64, multiplyFirst: true)),
        Enyim2KetamaHash.Fnv1a64 => new FirstDifferentPoints(new WideFnvPoints(offset: 0, multiplyFirst: false), new WideFnvPoints(FnvConstants.Offset64, multiplyFirst: false)),
        _ => new HashPoints(KetamaFunction(hash)),
    };

    private static FnvHashFunction Fnv(uint offset, bool multiplyFirst) => new(offset, FnvConstants.Prime, multiplyFirst, signedChar: false);

    private static Func<HashServer, string> NameOf(EnyimEndPoints endPoints) => endPoints switch
    {
        EnyimEndPoints.Resolved => ServerNames.EndPoint,
        EnyimEndPoints.AsGiven => ServerNames.EndPointAsGiven,
        EnyimEndPoints.Unresolved => ServerNames.UnresolvedEndPoint,
        _ => throw new ArgumentOutOfRangeException(nameof(endPoints), endPoints, "This is not one of the ways in which EnyimMemcachedCore names servers."),
    };
}
