using TypedCache.Hashing;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPoolOptions
{
    /// <summary>
    /// The settings of an application that reached its servers through twemproxy (nutcracker) 0.5, and takes it away or goes by it: same key, same
    /// server. Servers that its configuration names (<c>10.0.0.7:11211:1 cache-1</c>) have that as <see cref="MemcachedServerOptions.HashName"/>.
    /// </summary>
    /// <remarks>
    /// Values are those of the clients behind the proxy: set <see cref="ValueDialect"/> to theirs. As there by default, keys of a failed server do
    /// not go to another one; with its <c>auto_eject_hosts</c>, set <see cref="AllowFailover"/>. Where it has servers of different weights, or
    /// <see cref="TwemproxyDistribution.Modula"/>, it spreads all keys anew then, which is not followed: those of the other servers stay
    /// (<see cref="FailoverSequence.WithoutFailed"/>).
    /// </remarks>
    /// <param name="distribution">Its setting <c>distribution</c>.</param>
    /// <param name="hash">Its setting <c>hash</c>.</param>
    /// <param name="hashTag">
    /// Its setting <c>hash_tag</c>: two characters, such as <c>{}</c>. Of a key that has both, only what is between them is hashed. Default: null,
    /// none.
    /// </param>
    /// <param name="signedChar">Whether plain <c>char</c> is signed where the proxy runs: it is on x86 and x64, but not on Linux/arm64.</param>
    /// <exception cref="ArgumentException">An argument is not valid.</exception>
    public static MemcachedPoolOptions ForTwemproxy(
        TwemproxyDistribution distribution = TwemproxyDistribution.Ketama, TwemproxyHash hash = TwemproxyHash.Fnv1a64, string? hashTag = null, bool signedChar = true) => new()
    {
        HashStrategy = TwemproxyHashing.Strategy(distribution),
        HashFunction = TwemproxyHashing.Function(hash, signedChar, hashTag),
        FailoverSequence = FailoverSequence.WithoutFailed,
        AllowFailover = false,
        ValueDialect = ValueDialect.Plain,
        Compression = new CompressionOptions { Threshold = 0 },
    };
}
