using System.Net;
using TypedCache.Hashing;
using TypedCache.Keys;

namespace TypedCache.Tests.Hashing.OtherClients;

/// <summary>The clients that were recorded, and the presets that stand for them.</summary>
internal static class RecordedClients
{
    public static IEnumerable<RecordedClient> All =>
    [
        new("enyimmemcachedcore") { Preset = (mode, _) => Enyim(mode) },
        new("enyim") { Preset = (mode, _) => Enyim2(mode) },
        new("pymemcache") { Preset = (mode, _) => MemcachedPoolOptions.ForPymemcache(mode == "bytes" ? PymemcacheKeys.Bytes : PymemcacheKeys.Text) },
        new("python-memcached") { Preset = (mode, _) => MemcachedPoolOptions.ForPythonMemcached(mode == "oldhash" ? PythonMemcachedHash.Old : PythonMemcachedHash.Current) },
        new("dalli") { Preset = (_, _) => MemcachedPoolOptions.ForDalli() },
        new("spymemcached") { Preset = Spymemcached, Servers = static (mode, servers) => mode.StartsWith("ketama-lib", StringComparison.Ordinal) ? NamedByJava(servers) : servers },
        new("xmemcached") { Preset = (mode, _) => Xmemcached(mode), Servers = static (_, servers) => NamedByJava(servers) },
        new("gomemcache") { Preset = (_, _) => MemcachedPoolOptions.ForGomemcache() },
        new("memjs") { Preset = (_, _) => MemcachedPoolOptions.ForMemjs() },
        new("node-memcached") { Preset = (mode, _) => NodeMemcached(mode) },
        new("twemproxy") { Preset = (mode, _) => Twemproxy(mode), Servers = static (mode, servers) => mode.StartsWith("named", StringComparison.Ordinal) ? Named(servers) : servers },
    ];

    private static MemcachedPoolOptions Enyim(string mode) => mode switch
    {
        "default" or "text" or "tr-DefaultKeyTransformer" => MemcachedPoolOptions.ForEnyim(),
        "legacy" => MemcachedPoolOptions.ForEnyim(EnyimLocator.Legacy),
        "default-dnsendpoint" => MemcachedPoolOptions.ForEnyim(endPoints: EnyimEndPoints.AsGiven),
        "legacy-dnsendpoint" => MemcachedPoolOptions.ForEnyim(EnyimLocator.Legacy, EnyimEndPoints.AsGiven),
        _ when TransformerOf(mode) is { } transformer => MemcachedPoolOptions.ForEnyim(keyTransformer: transformer),
        _ => throw new InvalidDataException($"unknown mode {mode}"),
    };

    private static MemcachedPoolOptions Enyim2(string mode) => mode switch
    {
        "default" or "default-text" => MemcachedPoolOptions.ForEnyim2(),
        _ when TransformerOf(mode) is { } transformer => MemcachedPoolOptions.ForEnyim2(keyTransformer: transformer),
        _ => MemcachedPoolOptions.ForEnyim2(Enyim2Locator.Ketama, mode["ketama-".Length..] switch
        {
            "md5" => Enyim2KetamaHash.Md5,
            "sha1" => Enyim2KetamaHash.Sha1,
            "tiger" => Enyim2KetamaHash.Tiger,
            "crc" => Enyim2KetamaHash.Crc,
            "fnv1_32" => Enyim2KetamaHash.Fnv32,
            "fnv1_64" => Enyim2KetamaHash.Fnv1a32,
            "fnv1a_32" => Enyim2KetamaHash.Fnv64,
            "fnv1a_64" => Enyim2KetamaHash.Fnv1a64,
            "murmur" => Enyim2KetamaHash.Murmur,
            "oneatatime" => Enyim2KetamaHash.OneAtATime,
            var other => throw new InvalidDataException($"unknown hash {other}"),
        }),
    };

    private static KeyTransformer? TransformerOf(string mode) => mode switch
    {
        "tr-SHA1KeyTransformer" => KeyTransformer.EnyimSha1,
        "tr-TigerHashKeyTransformer" => KeyTransformer.EnyimTigerHash,
        "tr-Base64KeyTransformer" => KeyTransformer.EnyimBase64,
        _ => null,
    };

    private static MemcachedPoolOptions Spymemcached(string mode, string list)
    {
        var parts = mode.Split('-');
        return parts switch
        {
            ["mod", var hash] => MemcachedPoolOptions.ForSpymemcached(hash: SpymemcachedHashOf(hash)),
            ["ketama", "lib", ..] => MemcachedPoolOptions.ForSpymemcached(SpymemcachedLocator.Ketama, names: SpymemcachedNames.Libmemcached),
            ["ketama", "spy"] when list == "L16" => MemcachedPoolOptions.ForSpymemcached(SpymemcachedLocator.Ketama, names: SpymemcachedNames.SpymemcachedUnresolved),
            ["ketama", "spy"] or ["ketama", "spy", "w"] => MemcachedPoolOptions.ForSpymemcached(SpymemcachedLocator.Ketama),
            ["ketama", "spy", var hash] => MemcachedPoolOptions.ForSpymemcached(SpymemcachedLocator.Ketama, SpymemcachedHashOf(hash)),
            _ => throw new InvalidDataException($"unknown mode {mode}"),
        };
    }

    private static SpymemcachedHash SpymemcachedHashOf(string name) => name switch
    {
        "NATIVE_HASH" => SpymemcachedHash.Native,
        "KETAMA_HASH" => SpymemcachedHash.Ketama,
        "CRC_HASH" => SpymemcachedHash.Crc,
        "FNV1_64_HASH" => SpymemcachedHash.Fnv64,
        "FNV1A_64_HASH" => SpymemcachedHash.Fnv1a64,
        "FNV1_32_HASH" => SpymemcachedHash.Fnv32,
        "FNV1A_32_HASH" => SpymemcachedHash.Fnv1a32,
        _ => throw new InvalidDataException($"unknown hash {name}"),
    };

    private static MemcachedPoolOptions Xmemcached(string mode) => mode switch
    {
        "default" => MemcachedPoolOptions.ForXmemcached(),
        "mod-crc32" => MemcachedPoolOptions.ForXmemcached(hash: XmemcachedHash.Crc32),
        "ketama" => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.Ketama),
        "ketama-nginx" => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.KetamaNginxUpstream),
        "ketama-whalin" => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.KetamaWhalin),
        "libmemcached" => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.Libmemcached),
        "php-crc32" => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.Php, XmemcachedHash.Crc32),
        "election" => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.Election),
        _ => throw new InvalidDataException($"unknown mode {mode}"),
    };

    private static MemcachedPoolOptions NodeMemcached(string mode) => mode switch
    {
        "default" or "noport" => MemcachedPoolOptions.ForNodeMemcached(),
        "hash_ring" => MemcachedPoolOptions.ForNodeMemcached(hashRing: true),
        "sha1" => MemcachedPoolOptions.ForNodeMemcached(digest: NodeMemcachedDigest.Sha1),
        _ => throw new InvalidDataException($"unknown mode {mode}"),
    };

    private static MemcachedPoolOptions Twemproxy(string mode)
    {
        var parts = mode.Split('-');
        var distribution = parts[^2] switch
        {
            "ketama" => TwemproxyDistribution.Ketama,
            "modula" => TwemproxyDistribution.Modula,
            var other => throw new InvalidDataException($"unknown distribution {other}"),
        };
        return MemcachedPoolOptions.ForTwemproxy(distribution, TwemproxyHashOf(parts[^1]), parts[0] == "hashtag" ? "{}" : null);
    }

    private static TwemproxyHash TwemproxyHashOf(string name) => name switch
    {
        "fnv1a_64" => TwemproxyHash.Fnv1a64,
        "one_at_a_time" => TwemproxyHash.OneAtATime,
        "md5" => TwemproxyHash.Md5,
        "crc16" => TwemproxyHash.Crc16,
        "crc32" => TwemproxyHash.Crc32,
        "crc32a" => TwemproxyHash.Crc32a,
        "fnv1_64" => TwemproxyHash.Fnv64,
        "fnv1_32" => TwemproxyHash.Fnv32,
        "fnv1a_32" => TwemproxyHash.Fnv1a32,
        "hsieh" => TwemproxyHash.Hsieh,
        "murmur" => TwemproxyHash.Murmur,
        "jenkins" => TwemproxyHash.Jenkins,
        _ => throw new InvalidDataException($"unknown hash {name}"),
    };

    // What Java made of the address in the DNS of the recordings (getHostName in spymemcached's file).
    private static HashServer[] NamedByJava(HashServer[] servers) =>
        [.. servers.Select(server => server.Host == "127.0.0.1" ? server with { Host = "localhost", Address = IPAddress.Loopback } : server)];

    // The names in the configuration of the recordings.
    private static HashServer[] Named(HashServer[] servers) => [.. servers.Select((server, i) => server with { HashName = $"node{i}" })];
}
