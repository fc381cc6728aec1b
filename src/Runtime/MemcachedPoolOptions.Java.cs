using TypedCache.Hashing;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPoolOptions
{
    private const int KetamaIteratorRetries = 6;

    // Java compresses what is longer than 16,384 bytes.
    private const int JavaThreshold = 16_385;

    /// <summary>
    /// The settings of a Java application that uses spymemcached 2.12: same key, same server. With <see cref="SpymemcachedLocator.ArrayModulus"/> add
    /// the servers in the same order.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Under <see cref="SpymemcachedNames.Spymemcached"/> the ring hangs on addresses: a host that is a name needs
    /// <see cref="MemcachedServerOptions.Address"/>, as Java resolves it. IPv6 addresses are written as Java does since JDK 14.
    /// </para>
    /// <para>
    /// Weights count in a ring, as soon as one is more than 1 (<c>KetamaConnectionFactory</c> with weights). As there by default
    /// (<c>FailureMode.Redistribute</c>), keys of a failed server go to others: to all in turn, or from a ring to up to 6.
    /// </para>
    /// </remarks>
    /// <param name="locator">How it spreads keys.</param>
    /// <param name="hash">How it hashes keys. By default as there: MD5 for ketama, else Java's own.</param>
    /// <param name="names">Under what names its ring has the servers.</param>
    /// <param name="weighted">Whether its ring was given weights that are all 1. With 25 servers and some other numbers it has fewer points then.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not a value of its type.</exception>
    public static MemcachedPoolOptions ForSpymemcached(
        SpymemcachedLocator locator = SpymemcachedLocator.ArrayModulus, SpymemcachedHash? hash = null, SpymemcachedNames names = SpymemcachedNames.Spymemcached, bool weighted = false)
    {
        var options = new MemcachedPoolOptions { ValueDialect = ValueDialect.Spymemcached, Compression = new CompressionOptions { Threshold = JavaThreshold, MinimumSaving = 0 } };
        switch (locator)
        {
            case SpymemcachedLocator.ArrayModulus:
                options.HashStrategy = SlotsHashStrategy.Unweighted;
                options.HashFunction = SpymemcachedHashing.Function(hash ?? SpymemcachedHash.Native);
                options.FailoverSequence = FailoverSequence.NextServer;
                return options;
            case SpymemcachedLocator.Ketama:
                options.HashStrategy = SpymemcachedHashing.Ketama(hash ?? SpymemcachedHash.Ketama, names, weighted);
                options.HashFunction = SpymemcachedHashing.Function(hash ?? SpymemcachedHash.Ketama);
                options.FailoverSequence = FailoverSequence.SpymemcachedKetama;
                options.MaxFailoverAttempts = KetamaIteratorRetries;
                return options;
            default:
                throw new ArgumentOutOfRangeException(nameof(locator), locator, "This is not one of spymemcached's locators.");
        }
    }

    /// <summary>
    /// The settings of a Java application that uses xmemcached 2.4: same key, same server. Add the servers in the same order, with the same
    /// weights.
    /// </summary>
    /// <remarks>
    /// <para>
    /// <see cref="XmemcachedLocator.Ketama"/>, <see cref="XmemcachedLocator.KetamaNginxUpstream"/> and <see cref="XmemcachedLocator.Election"/> hang on
    /// addresses: a host that is a name needs <see cref="MemcachedServerOptions.Address"/>, as Java resolves it. xmemcached asks DNS for the names of
    /// addresses: where it finds one, all but <see cref="XmemcachedLocator.KetamaNginxUpstream"/> hash it, so give it as the host, and the address beside
    /// it (<c>localhost:11211 address=127.0.0.1</c>).
    /// </para>
    /// <para>
    /// Where a connection has been lost, xmemcached sends the server's keys to others; once it has taken the server off its list, it spreads all
    /// keys anew, which is not followed.
    /// </para>
    /// </remarks>
    /// <param name="locator">How it spreads keys.</param>
    /// <param name="hash">How it hashes keys where the remainder of a division decides. The others have hashes of their own.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not a value of its type.</exception>
    public static MemcachedPoolOptions ForXmemcached(XmemcachedLocator locator = XmemcachedLocator.ArrayModulus, XmemcachedHash hash = XmemcachedHash.Native) => new()
    {
        HashStrategy = XmemcachedHashing.Strategy(locator),
        HashFunction = XmemcachedHashing.Function(locator, hash),
        FailoverSequence = XmemcachedHashing.Failover(locator),
        ValueDialect = ValueDialect.Spymemcached,
        Compression = new CompressionOptions { Threshold = JavaThreshold, MinimumSaving = 0 },
    };
}
