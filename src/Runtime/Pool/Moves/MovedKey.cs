namespace TypedCache.Pool.Moves;

/// <summary>The servers at which a write removes a key that it writes at another.</summary>
/// <param name="Former">Those that come first, in this order: values are copied from them.</param>
/// <param name="Next">Those that come last, in this order: values are copied to them.</param>
internal sealed record MovedKey(List<MemcachedServer> Former, List<MemcachedServer> Next);
