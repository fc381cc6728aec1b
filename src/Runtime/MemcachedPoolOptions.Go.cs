using TypedCache.Hashing;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPoolOptions
{
    /// <summary>
    /// The settings of a Go application that uses gomemcache (<c>github.com/bradfitz/gomemcache</c>): same key, same server. Add the servers in the
    /// order of <c>memcache.New</c>; one that is given there twice has weight 2, if the two stand side by side. Keys of a failed server do not go
    /// to another one, as there.
    /// </summary>
    public static MemcachedPoolOptions ForGomemcache() => new()
    {
        HashStrategy = SlotsHashStrategy.Weighted,
        HashFunction = HashFunctions.Crc32,
        FailoverSequence = FailoverSequence.NextServer,
        AllowFailover = false,
        ValueDialect = ValueDialect.Plain,
        Compression = new CompressionOptions { Threshold = 0 },
    };
}
