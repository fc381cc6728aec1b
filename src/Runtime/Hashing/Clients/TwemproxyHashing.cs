using System.Text;

namespace TypedCache.Hashing;

/// <summary>The strategies and hashes of twemproxy (src/hashkit).</summary>
internal static class TwemproxyHashing
{
    /// <summary>How keys are hashed.</summary>
    /// <param name="hash">The setting.</param>
    /// <param name="signedChar">Whether bytes from 0x80 on are negative numbers where the proxy runs.</param>
    /// <param name="hashTag">What stands in front of the part that is hashed, and behind it; null: the whole key is.</param>
    /// <exception cref="ArgumentException">An argument is not valid.</exception>
    public static IHashFunction Function(TwemproxyHash hash, bool signedChar, string? hashTag)
    {
        var function = Function(hash, signedChar);
        if (hashTag is null)
        {
            return function;
        }

        return hashTag.Length == 2 && Ascii.IsValid(hashTag)
            ? new HashTagFunction(function, (byte)hashTag[0], (byte)hashTag[1])
            : throw new ArgumentException($"The hash tag '{hashTag}' is not two ASCII characters. Write what stands in front of the part that is hashed, and what stands behind it: {{}}.", nameof(hashTag));
    }

    /// <summary>How servers are chosen.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="distribution"/> is not a value of its type.</exception>
    public static HashStrategyFactory Strategy(TwemproxyDistribution distribution) => distribution switch
    {
        TwemproxyDistribution.Ketama => Ketama,
        TwemproxyDistribution.Modula => static (servers, function) => SlotsHashStrategy.Sorted(servers, function, static server => Encoding.UTF8.GetBytes(NameOf(server))),
        TwemproxyDistribution.Random => static (servers, _) => new RandomHashStrategy(servers),
        _ => throw new ArgumentOutOfRangeException(nameof(distribution), distribution, "This is not one of twemproxy's distributions."),
    };

    private static PointRing Ketama(IReadOnlyList<HashServer> servers, IHashFunction function) => new(servers, function, new RingRules
    {
        Texts = static server => new PointNames($"{NameOf(server)}-"),
        Count = LibmemcachedRings.DigestCount,
        Digest = static () => new Md5Points(),
        TakesNames = true,
    });

    private static string NameOf(HashServer server) => server.HashName ?? server.SocketPath ?? ServerNames.WithoutUsualPort(server);

    private static IHashFunction Function(TwemproxyHash hash, bool signedChar) => hash switch
    {
        TwemproxyHash.Fnv1a64 => new FnvHashFunction(FnvConstants.WideOffset, FnvConstants.WidePrime, multiplyFirst: false, signedChar),
        TwemproxyHash.OneAtATime => new OneAtATimeHashFunction(signedChar),
        TwemproxyHash.Md5 => new Md5HashFunction(),
        TwemproxyHash.Crc16 => new Crc16HashFunction(),
        TwemproxyHash.Crc32 => new FoldedHashFunction(HashFunctions.Crc32),
        TwemproxyHash.Crc32a => HashFunctions.Crc32,
        TwemproxyHash.Fnv64 => new FnvHashFunction(FnvConstants.WideOffset, FnvConstants.WidePrime, multiplyFirst: true, signedChar),
        TwemproxyHash.Fnv32 => new FnvHashFunction(FnvConstants.Offset, FnvConstants.Prime, multiplyFirst: true, signedChar),
        TwemproxyHash.Fnv1a32 => new Fnv1aHashFunction(signedChar),
        TwemproxyHash.Hsieh => new HsiehHashFunction(signedChar),
        TwemproxyHash.Murmur => new MurmurHashFunction(),
        TwemproxyHash.Jenkins => new JenkinsHashFunction(),
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "This is not one of twemproxy's hashes."),
    };
}
