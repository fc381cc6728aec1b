using TypedCache.Keys;

namespace TypedCache.Interop.Tests.Others;

/// <summary>What .NET shares with Python's pymemcache.</summary>
[CacheClient(Dialect = CacheDialect.Pymemcache, KeyPolicy = KeyPolicy.Reject)]
public partial interface IPymemcacheCache : ITextCache, INumberCache, IBoolCache;
