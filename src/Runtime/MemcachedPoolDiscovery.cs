using TypedCache.Discovery;
using TypedCache.Transport;

namespace TypedCache;

/// <summary>
/// How a pool begins that takes its servers from a source. Nothing else names it, so that a native program whose options have no source has
/// nothing of discovery in it.
/// </summary>
/// <param name="source">The source.</param>
internal sealed class MemcachedPoolDiscovery(IServerDiscovery source)
{
    /// <summary>The source.</summary>
    public IServerDiscovery Source => source;

    /// <summary>What stands for the servers until they are known.</summary>
    public MemcachedServerOptions StandIn => new(DiscoveryWatch.NameOf(source), Port: 0);

    /// <summary>Lets operations wait for the servers.</summary>
#pragma warning disable CA1822 // Not static: it would be named where there is no source.
    public ChannelConnector CreateConnector(FirstList list, LinkSettings settings) => new StandInConnector(list, settings);
#pragma warning restore CA1822

    /// <summary>Lets a pool follow the source.</summary>
    public void Start(MemcachedPool pool) => pool.UpdateDiscovery(source);
}
