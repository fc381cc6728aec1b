using TypedCache.Keys;

namespace TypedCache.Interop.Tests.Others;

/// <summary>What .NET shares with Java's spymemcached.</summary>
[CacheClient(Dialect = CacheDialect.Spymemcached, KeyPolicy = KeyPolicy.Reject)]
public partial interface ISpymemcachedCache : ITextCache, INumberCache, IBoolCache, IDateCache;
