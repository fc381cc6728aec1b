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
}
