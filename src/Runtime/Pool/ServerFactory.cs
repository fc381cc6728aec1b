using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>Makes the servers of a pool. They connect when they are used.</summary>
/// <param name="connect">Makes what opens the channels to a server. It ends with the server, where it can be disposed.</param>
/// <param name="settings">How the servers are spoken to.</param>
/// <param name="loops">Read what they answer.</param>
/// <param name="connectionsPerServer">The most connections to each.</param>
/// <param name="telemetry">What the pool tells.</param>
/// <param name="failed">Called when a server has failed.</param>
internal sealed class ServerFactory(
    Func<MemcachedServerOptions, ChannelConnector> connect,
    LinkSettings settings,
    ReplyLoops loops,
    int connectionsPerServer,
    PoolTelemetry telemetry,
    Action<MemcachedServer, MemcachedConnectionException> failed)
{
    /// <summary>Makes a server.</summary>
    public MemcachedServer Create(MemcachedServerOptions options)
    {
        var connector = connect(options);
        var links = new ServerLink[connectionsPerServer];
        var numbers = new ConnectionNumbers();
        var own = new ServerTelemetry(telemetry, options.Name, AddressOf(options), options.Port);
        for (var i = 0; i < links.Length; i++)
        {
            links[i] = new ServerLink(options.Name, connector, settings, loops, numbers, own) { TellsState = i == 0 };
        }

        // Not links[1..]: that looks the array's type up at run time, and costs a native program 190 KB.
        var server = new MemcachedServer(options, links[0], links.AsSpan(1).ToArray()) { Resource = connector as IDisposable };
        server.Link.Failed = error => failed(server, error);
        return server;
    }

    private static string AddressOf(MemcachedServerOptions server) =>
        server.IsUnixSocket ? server.Host[MemcachedServerOptions.UnixScheme.Length..] : server.Host.Trim('[', ']');
}
