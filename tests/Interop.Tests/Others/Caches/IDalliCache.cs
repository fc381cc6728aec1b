using TypedCache.Keys;

namespace TypedCache.Interop.Tests.Others;

/// <summary>What .NET shares with Ruby's dalli.</summary>
[CacheClient(Dialect = CacheDialect.Dalli, KeyPolicy = KeyPolicy.Reject)]
public partial interface IDalliCache : ITextCache, INumberCache, IBoolCache;
