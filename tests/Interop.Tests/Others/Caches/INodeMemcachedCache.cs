using TypedCache.Keys;

namespace TypedCache.Interop.Tests.Others;

/// <summary>What .NET shares with the npm package memcached.</summary>
[CacheClient(Dialect = CacheDialect.NodeMemcached, KeyPolicy = KeyPolicy.Reject)]
public partial interface INodeMemcachedCache : ITextCache, INumberCache, IBoolCache, IDateCache;
