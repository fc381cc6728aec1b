using TypedCache.Keys;

namespace TypedCache.Interop.Tests.Others;

/// <summary>What .NET shares with clients which leave all bytes to the application.</summary>
[CacheClient(Dialect = CacheDialect.Plain, KeyPolicy = KeyPolicy.Reject)]
public partial interface IPlainCache : ITextCache, INumberCache;
