using Aspire.Hosting.ApplicationModel;
using TypedCache;

namespace Aspire.Hosting.Nodes;

/// <summary>Connects the app host itself to servers: for one question, so that none is remembered as failed.</summary>
internal static class NodeConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Makes a pool of the servers of a connection string. The caller disposes it.</summary>
    /// <exception cref="DistributedApplicationException">The servers have no addresses yet.</exception>
    public static async Task<MemcachedPool> OpenAsync(IResourceWithConnectionString resource, CancellationToken cancellationToken)
    {
        var servers = await resource.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new DistributedApplicationException($"'{resource.Name}' has no connection string yet.");
        var options = new MemcachedPoolOptions { ConnectTimeout = Patience, OperationTimeout = Patience };
        return MemcachedPool.Connect(options.AddServers(servers));
    }
}
