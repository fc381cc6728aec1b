namespace TypedCache;

/// <summary>What is known of the source of a pool's servers: <see cref="MemcachedPool.DiscoveryState"/>.</summary>
/// <param name="Source">Its name, such as <c>config:cfg.cache.example:11211</c>.</param>
/// <param name="Version">The number of the newest list; null if there is none, or the source does not count.</param>
/// <param name="LastList">When it last named its servers, by the pool's clock; null if it has not yet.</param>
/// <param name="Failure">Why the last attempt failed; null while it works. The pool goes on with the servers that it has.</param>
public sealed record MemcachedDiscoveryState(string Source, long? Version, DateTimeOffset? LastList, Exception? Failure);
