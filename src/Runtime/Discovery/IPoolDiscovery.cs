namespace TypedCache.Discovery;

/// <summary>A source of the library, which uses what the pool has.</summary>
internal interface IPoolDiscovery : IServerDiscovery
{
    /// <inheritdoc cref="IServerDiscovery.WatchAsync"/>
    /// <param name="context">What the pool has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<ServerListVersion> WatchAsync(DiscoveryContext context, CancellationToken cancellationToken);
}
