using TypedCache.Hashing;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPoolOptions
{
    private const int PythonMemcachedRetries = 9;

    /// <summary>
    /// The settings of a Python application that uses pymemcache's <c>HashClient</c>, 3.5 to 4: same key, same server. As there, weights and the
    /// order of the servers do not matter, and <see cref="KeyPrefix"/> (<c>key_prefix</c>) is not hashed.
    /// </summary>
    /// <remarks>
    /// <para>
    /// <c>client.get("k")</c> and <c>client.get(b"k")</c> go to different servers there. Keys that are not ASCII need <c>allow_unicode_keys</c>. A
    /// server that fails is asked twice more by pymemcache before its keys go to the next one.
    /// </para>
    /// <para>Values are those of <c>serde.pickle_serde</c>. Without a serde, which is its default, set <see cref="ValueDialect.Plain"/>.</para>
    /// </remarks>
    /// <param name="keys">As what the application gives keys.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keys"/> is not a value of its type.</exception>
    public static MemcachedPoolOptions ForPymemcache(PymemcacheKeys keys = PymemcacheKeys.Text)
    {
        if (keys is not (PymemcacheKeys.Text or PymemcacheKeys.Bytes))
        {
            throw new ArgumentOutOfRangeException(nameof(keys), keys, "Keys are text or bytes.");
        }

        return new MemcachedPoolOptions
        {
            HashStrategy = (servers, _) => new PymemcacheStrategy(servers, keys == PymemcacheKeys.Bytes),
            FailoverSequence = FailoverSequence.WithoutFailed,
            HashKeyPrefix = false,
            ValueDialect = ValueDialect.Pymemcache,
            Compression = new CompressionOptions { Threshold = 0 },
        };
    }

    /// <summary>
    /// The settings of a Python application that uses python-memcached (the module <c>memcache</c>), 1.48 to 1.62: same key, same server. Add the
    /// servers in the same order, with the same weights.
    /// </summary>
    /// <remarks>As there, keys of a failed server go to others, up to 9 of them in turn.</remarks>
    /// <param name="hash">How it hashes keys; another one up to 1.59.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hash"/> is not a value of its type.</exception>
    public static MemcachedPoolOptions ForPythonMemcached(PythonMemcachedHash hash = PythonMemcachedHash.Current) => new()
    {
        HashStrategy = SlotsHashStrategy.Weighted,
        HashFunction = PythonMemcachedHashing.Function(hash),
        FailoverSequence = FailoverSequence.PythonMemcached,
        MaxFailoverAttempts = PythonMemcachedRetries,
        ValueDialect = ValueDialect.PythonMemcached,
        Compression = new CompressionOptions { Threshold = 0 },
    };
}
