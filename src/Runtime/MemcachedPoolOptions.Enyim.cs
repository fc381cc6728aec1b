using TypedCache.Hashing;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPoolOptions
{
    /// <summary>
    /// The settings of an application that uses EnyimMemcachedCore 3: same key, same server. Up to 2.7.1 it spread keys in another way, for which
    /// there is <see cref="ForEnyim2"/>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Its ring hangs on addresses: a host that is a name needs <see cref="MemcachedServerOptions.Address"/>, the first IPv4 address that DNS gives
    /// for it there (the first one of IPv6 under <c>UseIPv6</c>). Ports are always named, and weights ignored.
    /// </para>
    /// <para>
    /// Keys in the binary protocol are UTF-8, as here. In the text protocol it sends question marks for what is not ASCII: share ASCII keys
    /// alone then. It does not shorten long keys. A key that a server has failed to take goes to the next server on the ring, which Enyim rebuilds
    /// without the failed one; the few keys below its lowest point, which Enyim moves among the others then, stay.
    /// </para>
    /// <para>
    /// Values are <see cref="ValueDialect.Enyim"/>; with its <c>MessagePackTranscoder</c>, set <see cref="ValueDialect.EnyimMessagePack"/>.
    /// </para>
    /// </remarks>
    /// <param name="locator">How it spreads keys: <see cref="EnyimLocator.Legacy"/> where it sets <c>UseLegacyNodeLocator</c>.</param>
    /// <param name="endPoints">Under what names its ring has the servers: another one in 3.3.0 to 3.4.1.</param>
    /// <param name="keyTransformer">Its <c>KeyTransformer</c>. Default: <see cref="KeyTransformer.None"/>, its <c>DefaultKeyTransformer</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not a value of its type.</exception>
    public static MemcachedPoolOptions ForEnyim(
        EnyimLocator locator = EnyimLocator.Default, EnyimEndPoints endPoints = EnyimEndPoints.Resolved, KeyTransformer? keyTransformer = null) => new()
    {
        HashStrategy = locator switch
        {
            EnyimLocator.Default => EnyimHashing.Current(endPoints),
            EnyimLocator.Legacy => EnyimHashing.Legacy(endPoints),
            _ => throw new ArgumentOutOfRangeException(nameof(locator), locator, "This is not one of EnyimMemcachedCore's locators."),
        },
        HashFunction = locator == EnyimLocator.Legacy ? EnyimHashing.LegacyFunction : EnyimHashing.CurrentFunction,
        FailoverSequence = FailoverSequence.WithoutFailed,
        KeyTransformer = keyTransformer ?? KeyTransformer.None,
        ValueDialect = ValueDialect.Enyim,
        Compression = new CompressionOptions { Threshold = 0 },
    };

    /// <summary>
    /// The settings of an application that uses EnyimMemcached 2, or EnyimMemcachedCore up to 2.7.1: same key, same server.
    /// </summary>
    /// <remarks>
    /// Its rings hang on addresses: a host that is a name needs <see cref="MemcachedServerOptions.Address"/>. Ports are always named, and weights
    /// ignored. The default ring spreads keys unevenly. Under <see cref="Enyim2Locator.Ketama"/> with <see cref="Enyim2KetamaHash.Md5"/> keys are
    /// where <see cref="ForSpymemcached"/> with its ketama has them, but for those below the ring's lowest point.
    /// </remarks>
    /// <param name="locator">How it spreads keys.</param>
    /// <param name="hash">How <see cref="Enyim2Locator.Ketama"/> hashes servers and keys. The default locator has a hash of its own.</param>
    /// <param name="keyTransformer">Its <c>KeyTransformer</c>. Default: <see cref="KeyTransformer.None"/>, its <c>DefaultKeyTransformer</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not a value of its type.</exception>
    public static MemcachedPoolOptions ForEnyim2(
        Enyim2Locator locator = Enyim2Locator.Default, Enyim2KetamaHash hash = Enyim2KetamaHash.Md5, KeyTransformer? keyTransformer = null)
    {
        var options = ForEnyim(EnyimLocator.Legacy, EnyimEndPoints.Resolved, keyTransformer);
        switch (locator)
        {
            case Enyim2Locator.Default:
                return options;
            case Enyim2Locator.Ketama:
                options.HashStrategy = EnyimHashing.Ketama(hash);
                options.HashFunction = EnyimHashing.KetamaFunction(hash);
                options.FailoverSequence = FailoverSequence.Enyim2Ketama;
                return options;
            default:
                throw new ArgumentOutOfRangeException(nameof(locator), locator, "This is not one of EnyimMemcached's locators.");
        }
    }
}
