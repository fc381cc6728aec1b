using System.Runtime.CompilerServices;

namespace TypedCache.Discovery;

/// <summary>The nodes that an ElastiCache or Memorystore cluster names itself.</summary>
/// <param name="Endpoint">The configuration endpoint, or the discovery endpoint.</param>
/// <param name="Interval">The time from one answer to the next question.</param>
/// <param name="Tls">How the connections are encrypted; null: as the pool's.</param>
internal sealed record ElastiCacheDiscovery(MemcachedServerOptions Endpoint, TimeSpan Interval, MemcachedTlsOptions? Tls) : IPoolDiscovery
{
    public IAsyncEnumerable<ServerListVersion> WatchAsync(CancellationToken cancellationToken) => WatchAsync(DiscoveryContext.None, cancellationToken);

    public async IAsyncEnumerable<ServerListVersion> WatchAsync(DiscoveryContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var nodes = new ClusterNodes(Endpoint, Tls is null ? context : context with { Tls = Tls });
        var retry = new Backoff(Interval);
        while (true)
        {
            var list = await nodes.AskAsync(cancellationToken).ConfigureAwait(false);
            yield return list;

            var delay = Interval;
            if (list.Failure is null)
            {
                retry.Reset();
            }
            else
            {
                delay = retry.Next();
            }

            await Task.Delay(delay, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    public override string ToString() => $"{ServerDiscovery.ElastiCachePrefix}{Endpoint.Name}";
}
