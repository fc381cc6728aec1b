using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// Which other clients read and write the values of a cache interface too: each has its own flags and forms of numbers, bools and dates. The
/// members are called like the dialects of <see cref="ValueDialect"/>. What can be shared is what both sides read and write; the page of the rule
/// TC0307 has the table.
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

    /// <summary>EnyimMemcachedCore and EnyimMemcached 2, with their default transcoder: no objects, which are BSON there.</summary>
    Enyim,

    /// <summary>EnyimMemcachedCore with its <c>MessagePackTranscoder</c>: objects, too, without <c>decimal</c>, <c>Guid</c> and dates in them.</summary>
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
