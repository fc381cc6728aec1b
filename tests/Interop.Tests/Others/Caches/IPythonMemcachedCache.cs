using TypedCache.Keys;

namespace TypedCache.Interop.Tests.Others;

/// <summary>What .NET shares with Python's python-memcached.</summary>
[CacheClient(Dialect = CacheDialect.PythonMemcached, KeyPolicy = KeyPolicy.Reject)]
public partial interface IPythonMemcachedCache : ITextCache, INumberCache, IBoolCache;
