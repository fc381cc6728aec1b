using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// Which other clients read and write the values of a cache interface too: each has its own flags and forms of numbers, bools and dates. The
/// members are called like the dialects of <see cref="ValueDialect"/>.
/// </summary>
public enum CacheDialect
{
    /// <summary>The pool's, whatever that is. Nothing is checked.</summary>
    Any = 0,

    /// <summary><see cref="ValueDialect.Pecl"/>.</summary>
    Pecl,

    /// <summary><see cref="ValueDialect.PeclSharedWithPhp"/>.</summary>
    PeclSharedWithPhp,

    /// <summary><see cref="ValueDialect.PhpMemcached"/>.</summary>
    PhpMemcached,

    /// <summary>EnyimMemcachedCore and EnyimMemcached 2, with their default transcoder.</summary>
    Enyim,

    /// <summary>EnyimMemcachedCore with its <c>MessagePackTranscoder</c>.</summary>
    EnyimMessagePack,

    /// <summary>Python's pymemcache.</summary>
    Pymemcache,

    /// <summary>Python's python-memcached.</summary>
    PythonMemcached,

    /// <summary>Ruby's dalli.</summary>
    Dalli,

    /// <summary>Java's spymemcached and xmemcached, with their <c>SerializingTranscoder</c>.</summary>
    Spymemcached,

    /// <summary>The npm package memcached.</summary>
    NodeMemcached,

    /// <summary>Clients that leave the flags 0 and the bytes to their callers: gomemcache, memjs, pymemcache without a serde.</summary>
    Plain,
}
