namespace TypedCache;

/// <summary>
/// A source of a pool's servers that may change while the pool runs: <see cref="MemcachedPoolOptions.Discovery"/>. <see cref="ServerDiscovery"/>
/// has those that there are. <see cref="object.ToString"/> is the source's name in messages and logs.
/// </summary>
public interface IServerDiscovery
{
    /// <summary>Names the servers, again and again, until it is cancelled. Called once for each pool, and again whenever it has ended.</summary>
    /// <param name="cancellationToken">Cancelled when the pool is disposed, or takes its servers from elsewhere. The pool waits for no end.</param>
    /// <remarks>
    /// <para>
    /// Each list is all servers from then on. The same list again is no change, and tells that the source works. An empty list changes nothing.
    /// Whatever goes wrong, the pool keeps its servers and says so (<see cref="MemcachedPool.DiscoveryFailed"/>).
    /// </para>
    /// <para>
    /// A source may throw: it is asked again after 1 second, then 2, and so on up to 1 minute. One that just ends is asked again after a
    /// minute, so that the simplest source names one list and ends. One that goes on by itself tells of a failure by
    /// <see cref="ServerListVersion.Failed"/>.
    /// </para>
    /// </remarks>
    IAsyncEnumerable<ServerListVersion> WatchAsync(CancellationToken cancellationToken);
}
