namespace TypedCache.Pool;

/// <summary>What presets are called in connection strings.</summary>
internal static class PresetNames
{
    private static readonly (string Name, MemcachedPreset Preset)[] Known =
    [
        ("default", MemcachedPreset.Default),
        ("pecl", MemcachedPreset.Pecl),
        ("pecl2", MemcachedPreset.Pecl2),
        ("php-memcached", MemcachedPreset.PhpMemcached),
        ("php-memcached-ketama", MemcachedPreset.PhpMemcachedKetama),
        ("enyim", MemcachedPreset.Enyim),
        ("enyim2", MemcachedPreset.Enyim2),
        ("enyim2-ketama", MemcachedPreset.Enyim2Ketama),
        ("pymemcache", MemcachedPreset.Pymemcache),
        ("python-memcached", MemcachedPreset.PythonMemcached),
        ("dalli", MemcachedPreset.Dalli),
        ("spymemcached", MemcachedPreset.Spymemcached),
        ("spymemcached-ketama", MemcachedPreset.SpymemcachedKetama),
        ("xmemcached", MemcachedPreset.Xmemcached),
        ("xmemcached-ketama", MemcachedPreset.XmemcachedKetama),
        ("gomemcache", MemcachedPreset.Gomemcache),
        ("memjs", MemcachedPreset.Memjs),
        ("node-memcached", MemcachedPreset.NodeMemcached),
        ("twemproxy", MemcachedPreset.Twemproxy),
        ("twemproxy-modula", MemcachedPreset.TwemproxyModula),
        ("twemproxy-random", MemcachedPreset.TwemproxyRandom),
    ];

    /// <summary>All names, for messages.</summary>
    public static string All
    {
        get
        {
            var names = new string[Known.Length];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = Known[i].Name;
            }

            return $"{string.Join(", ", names, 0, names.Length - 1)} or {names[^1]}";
        }
    }

    /// <summary>Finds a preset by its name, in which hyphens and the case do not count.</summary>
    /// <returns>The preset; null: there is none of this name.</returns>
    public static MemcachedPreset? Find(string name)
    {
        var letters = Letters(name);
        foreach (var (known, preset) in Known)
        {
            if (string.Equals(Letters(known), letters, StringComparison.OrdinalIgnoreCase))
            {
                return preset;
            }
        }

        return null;
    }

    private static string Letters(string name) => name.Replace("-", "", StringComparison.Ordinal);
}
