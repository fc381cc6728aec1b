using TypedCache.Hashing;

namespace TypedCache.Tool;

/// <summary>The clients that <c>--preset</c> knows, by the names that connection strings have for them.</summary>
internal static class ClientPresets
{
    /// <summary>The name of the client that is meant where nothing is said.</summary>
    public const string Default = "typedcache";

    /// <summary>All of them, in the order in which help lists them.</summary>
    public static IReadOnlyDictionary<string, ClientPreset> All { get; } = new Dictionary<string, ClientPreset>(StringComparer.OrdinalIgnoreCase)
    {
        [Default] = Of("consistent", MemcachedPreset.Default),
        ["pecl"] = Of("consistent", MemcachedPreset.Pecl),
        ["pecl2"] = Of("standard", MemcachedPreset.Pecl2),
        ["php-memcached"] = Of("modula", MemcachedPreset.PhpMemcached),
        ["php-memcached-consistent"] = new("consistent (php-memcached)", () => MemcachedPoolOptions.ForPhpMemcached(PhpMemcachedDistribution.Consistent)),
        ["php-memcached-ketama"] = Of("ketama", MemcachedPreset.PhpMemcachedKetama),
        ["enyim"] = Of("ring (Enyim)", MemcachedPreset.Enyim),
        ["enyim2"] = Of("ring (Enyim 2)", MemcachedPreset.Enyim2),
        ["enyim2-ketama"] = Of("ketama (Enyim 2)", MemcachedPreset.Enyim2Ketama),
        ["pymemcache"] = Of("rendezvous (pymemcache)", MemcachedPreset.Pymemcache),
        ["python-memcached"] = Of("modulo (python-memcached)", MemcachedPreset.PythonMemcached),
        ["dalli"] = Of("ring (dalli)", MemcachedPreset.Dalli),
        ["spymemcached"] = Of("modulo (spymemcached)", MemcachedPreset.Spymemcached),
        ["spymemcached-ketama"] = Of("ketama (spymemcached)", MemcachedPreset.SpymemcachedKetama),
        ["xmemcached"] = Of("modulo (xmemcached)", MemcachedPreset.Xmemcached),
        ["xmemcached-ketama"] = Of("ketama (xmemcached)", MemcachedPreset.XmemcachedKetama),
        ["gomemcache"] = Of("modulo (gomemcache)", MemcachedPreset.Gomemcache),
        ["memjs"] = Of("modulo (memjs)", MemcachedPreset.Memjs),
        ["node-memcached"] = Of("ketama (node-memcached)", MemcachedPreset.NodeMemcached),
        ["twemproxy"] = Of("ketama (twemproxy)", MemcachedPreset.Twemproxy),
        ["twemproxy-modula"] = Of("modula (twemproxy)", MemcachedPreset.TwemproxyModula),
        ["twemproxy-random"] = Of("random (twemproxy)", MemcachedPreset.TwemproxyRandom),
    };

    private static ClientPreset Of(string strategy, MemcachedPreset preset) => new(strategy, () => MemcachedPoolOptions.For(preset));
}
