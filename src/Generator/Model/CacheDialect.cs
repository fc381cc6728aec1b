namespace TypedCache.Generator.Model;

/// <summary>Which other clients share the values of an interface. The names and numbers are those of the runtime's <c>CacheDialect</c>.</summary>
internal enum CacheDialect
{
    Any = 0,
    Pecl,
    PeclSharedWithPhp,
    PhpMemcached,
    Enyim,
    EnyimMessagePack,
    Pymemcache,
    PythonMemcached,
    Dalli,
    Spymemcached,
    NodeMemcached,
    Plain,
}
