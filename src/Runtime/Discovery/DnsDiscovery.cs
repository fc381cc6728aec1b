using System.Net;
using System.Net.Sockets;
using TypedCache.Pool;
using TypedCache.Transport;

namespace TypedCache.Discovery;

/// <summary>The addresses that a name has in DNS, such as a headless service of Kubernetes: each is a server.</summary>
/// <param name="Endpoint">The name, and the port of every server.</param>
/// <param name="Interval">The time from one answer to the next question.</param>
/// <param name="Resolve">Asks the system.</param>
internal sealed record DnsDiscovery(MemcachedServerOptions Endpoint, TimeSpan Interval, Func<string, IPAddress[]> Resolve) : IPoolDiscovery
{
    public IAsyncEnumerable<ServerListVersion> WatchAsync(CancellationToken cancellationToken) => WatchAsync(DiscoveryContext.None, cancellationToken);

    public IAsyncEnumerable<ServerListVersion> WatchAsync(DiscoveryContext context, CancellationToken cancellationToken) =>
        new PollingDiscovery(ToString(), AskAsync, Interval).WatchAsync(context, cancellationToken);

    public override string ToString() => $"{ServerDiscovery.DnsPrefix}{Endpoint.Name}";

    private Task<IReadOnlyList<MemcachedServerOptions>> AskAsync(DiscoveryContext context, CancellationToken cancellationToken)
    {
        var limit = context.ConnectTimeout();
        return DiscoveryContext.AskAsync(
            $"memcached discovers {Endpoint.Host}", IReadOnlyList<MemcachedServerOptions> () => Ask(Endpoint.Host, Endpoint.Port, Resolve, limit, cancellationToken));
    }

    private static MemcachedServerOptions[] Ask(string host, int port, Func<string, IPAddress[]> resolve, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return ToServers(HostNames.Resolve(host, resolve, new ConnectDeadline(limit, () => cancellationToken.IsCancellationRequested)), port);
        }
        catch (SocketException exception)
        {
            throw new MemcachedException($"{host} cannot be resolved: {exception.Message}", exception);
        }
        catch (TimeoutException exception)
        {
            throw new MemcachedException($"{host} was not resolved within {limit.TotalMilliseconds:0} ms.", exception);
        }
    }

    // DNS answers in any order. A machine with addresses of two families would be two servers: those of one family are all.
    private static MemcachedServerOptions[] ToServers(IPAddress[] addresses, int port)
    {
        var family = Array.Exists(addresses, static address => address.AddressFamily == AddressFamily.InterNetwork) ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var chosen = Array.FindAll(addresses, address => address.AddressFamily == family);
        Array.Sort(chosen, static (one, other) => one.GetAddressBytes().AsSpan().SequenceCompareTo(other.GetAddressBytes()));
        return ServerLists.WithoutRepeated(Array.ConvertAll(chosen, address => new MemcachedServerOptions(HostText.Of(address), port)));
    }
}
