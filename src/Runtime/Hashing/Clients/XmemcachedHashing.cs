namespace TypedCache.Hashing;

/// <summary>The strategies and hashes of xmemcached (net/rubyeye/xmemcached/impl, HashAlgorithm.java).</summary>
internal static class XmemcachedHashing
{
    private const int DigestsPerWeight = 40;

    /// <summary>How keys are hashed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not a value of its type.</exception>
    public static IHashFunction Function(XmemcachedLocator locator, XmemcachedHash hash) => locator switch
    {
        XmemcachedLocator.ArrayModulus => Function(hash),
        XmemcachedLocator.Php => new FoldedHashFunction(Function(hash)),
        XmemcachedLocator.Libmemcached => new OneAtATimeHashFunction(signedChar: false),
        _ => new Md5HashFunction(),
    };

    /// <summary>How servers are chosen.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="locator"/> is not a value of its type.</exception>
    public static HashStrategyFactory Strategy(XmemcachedLocator locator) => locator switch
    {
        XmemcachedLocator.ArrayModulus or XmemcachedLocator.Php => SlotsHashStrategy.Weighted,
        XmemcachedLocator.Ketama => Ketama(ServerNames.JavaSocketAddress, takesAddresses: true),
        XmemcachedLocator.KetamaNginxUpstream => Ketama(ServerNames.AddressWithoutUsualPort, takesAddresses: true),
        XmemcachedLocator.KetamaWhalin => Ketama(ServerNames.Whole, takesAddresses: false),
        XmemcachedLocator.Libmemcached => LibmemcachedRings.Unweighted,
        XmemcachedLocator.Election => static (servers, function) => new ElectionStrategy(servers, function),
        _ => throw new ArgumentOutOfRangeException(nameof(locator), locator, "This is not one of xmemcached's locators."),
    };

    /// <summary>Which servers are tried when a key's own has failed.</summary>
    public static FailoverSequence Failover(XmemcachedLocator locator) => locator switch
    {
        XmemcachedLocator.ArrayModulus or XmemcachedLocator.Php => FailoverSequence.NextServer,
        XmemcachedLocator.Libmemcached or XmemcachedLocator.Election => FailoverSequence.WithoutFailed,
        _ => FailoverSequence.XmemcachedKetama,
    };

    private static IHashFunction Function(XmemcachedHash hash) => hash switch
    {
        XmemcachedHash.Native => new JavaStringHashFunction(),
        XmemcachedHash.Crc32 => new FoldedHashFunction(HashFunctions.Crc32),
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "This is not one of the hashes that are known of xmemcached."),
    };

    // Weights are not shared out: the points are that many times as many.
    private static HashStrategyFactory Ketama(Func<HashServer, string> nameOf, bool takesAddresses) => (servers, function) => new PointRing(servers, function, new RingRules
    {
        Texts = server => new PointNames($"{nameOf(server)}-"),
        Count = static (weight, _, _) => DigestsPerWeight * weight,
        Digest = static () => new Md5Points(),
        Equal = EqualPoints.Shared,
        TakesAddresses = takesAddresses,
    });
}
