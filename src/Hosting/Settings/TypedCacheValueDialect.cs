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

    /// <summary><see cref="ValueDialect.Enyim"/>.</summary>
    Enyim,

    /// <summary><see cref="ValueDialect.EnyimMessagePack"/>.</summary>
    EnyimMessagePack,

    /// <summary><see cref="ValueDialect.Pymemcache"/>.</summary>
    Pymemcache,

    /// <summary><see cref="ValueDialect.PythonMemcached"/>.</summary>
    PythonMemcached,

    /// <summary><see cref="ValueDialect.Dalli"/>.</summary>
    Dalli,

    /// <summary><see cref="ValueDialect.Spymemcached"/>.</summary>
    Spymemcached,

    /// <summary><see cref="ValueDialect.NodeMemcached"/>.</summary>
    NodeMemcached,

    /// <summary><see cref="ValueDialect.Plain"/>.</summary>
    Plain,
}
