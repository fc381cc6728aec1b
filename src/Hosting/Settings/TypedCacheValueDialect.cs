using TypedCache.Values;

namespace TypedCache.Hosting;

/// <summary>How kinds of values are marked and written.</summary>
public enum TypedCacheValueDialect
{
    /// <summary><see cref="ValueDialect.Pecl"/>.</summary>
    Pecl = 0,

    /// <summary><see cref="ValueDialect.PeclSharedWithPhp"/>.</summary>
    PeclSharedWithPhp,

    /// <summary><see cref="ValueDialect.PhpMemcached"/>.</summary>
    PhpMemcached,
}
