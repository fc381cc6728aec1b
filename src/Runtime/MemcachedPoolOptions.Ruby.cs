using TypedCache.Hashing;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPoolOptions
{
    private const int DalliRetries = 19;
    private const int DalliThreshold = 4096;

    /// <summary>
    /// The settings of a Ruby application that uses dalli, 3.0 to 5.0: same key, same server. Its <c>namespace</c> is <see cref="KeyPrefix"/> with a
    /// colon at the end.
    /// </summary>
    /// <remarks>
    /// Write hosts as Ruby does: they are hashed as they are, names too. Keys of more than 250 characters become an MD5 there, which no other client
    /// imitates: keep keys shorter. As there, keys of a failed server go to others, up to 19 of them in turn.
    /// </remarks>
    public static MemcachedPoolOptions ForDalli() => new()
    {
        HashStrategy = DalliRing.Create,
        HashFunction = HashFunctions.Crc32,
        FailoverSequence = FailoverSequence.Dalli,
        MaxFailoverAttempts = DalliRetries,
        ValueDialect = ValueDialect.Dalli,
        Compression = new CompressionOptions { Threshold = DalliThreshold, MinimumSaving = 0 },
    };
}
