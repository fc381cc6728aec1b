namespace TypedCache;

/// <summary>Which other client a pool shares its servers with: where keys go, and how values are marked.</summary>
public enum MemcachedPreset
{
    /// <summary>None: <see cref="MemcachedPoolOptions"/> as they are created.</summary>
    Default = 0,

    /// <summary>PHP's pecl-memcache 3 to 8: <see cref="MemcachedPoolOptions.ForPeclMemcache"/>.</summary>
    Pecl,

    /// <summary>PHP's pecl-memcache 2.2: <see cref="MemcachedPoolOptions.ForPeclMemcache2"/>.</summary>
    Pecl2,

    /// <summary>PHP's php-memcached with its defaults: <see cref="MemcachedPoolOptions.ForPhpMemcached"/>.</summary>
    PhpMemcached,

    /// <summary>PHP's php-memcached with <c>OPT_LIBKETAMA_COMPATIBLE</c>.</summary>
    PhpMemcachedKetama,

    /// <summary>EnyimMemcachedCore 3: <see cref="MemcachedPoolOptions.ForEnyim"/>.</summary>
    Enyim,

    /// <summary>EnyimMemcached 2, and EnyimMemcachedCore up to 2.7.1: <see cref="MemcachedPoolOptions.ForEnyim2"/>.</summary>
    Enyim2,

    /// <summary>EnyimMemcached 2 with its <c>KetamaNodeLocator</c>.</summary>
    Enyim2Ketama,

    /// <summary>Python's pymemcache with keys as <c>str</c>: <see cref="MemcachedPoolOptions.ForPymemcache"/>.</summary>
    Pymemcache,

    /// <summary>Python's python-memcached: <see cref="MemcachedPoolOptions.ForPythonMemcached"/>.</summary>
    PythonMemcached,

    /// <summary>Ruby's dalli: <see cref="MemcachedPoolOptions.ForDalli"/>.</summary>
    Dalli,

    /// <summary>Java's spymemcached with its defaults: <see cref="MemcachedPoolOptions.ForSpymemcached"/>.</summary>
    Spymemcached,

    /// <summary>Java's spymemcached with a <c>KetamaConnectionFactory</c>.</summary>
    SpymemcachedKetama,

    /// <summary>Java's xmemcached with its defaults: <see cref="MemcachedPoolOptions.ForXmemcached"/>.</summary>
    Xmemcached,

    /// <summary>Java's xmemcached with its <c>KetamaMemcachedSessionLocator</c>.</summary>
    XmemcachedKetama,

    /// <summary>Go's gomemcache: <see cref="MemcachedPoolOptions.ForGomemcache"/>.</summary>
    Gomemcache,

    /// <summary>Node's memjs: <see cref="MemcachedPoolOptions.ForMemjs"/>.</summary>
    Memjs,

    /// <summary>Node's npm package memcached: <see cref="MemcachedPoolOptions.ForNodeMemcached"/>.</summary>
    NodeMemcached,

    /// <summary>twemproxy with its defaults, <c>ketama</c> and <c>fnv1a_64</c>: <see cref="MemcachedPoolOptions.ForTwemproxy"/>.</summary>
    Twemproxy,

    /// <summary>twemproxy with <c>distribution: modula</c>.</summary>
    TwemproxyModula,

    /// <summary>twemproxy with <c>distribution: random</c>.</summary>
    TwemproxyRandom,
}
