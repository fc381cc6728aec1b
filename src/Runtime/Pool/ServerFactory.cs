using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Transport.Health;
using TypedCache.Values;

namespace TypedCache.Pool;

/// <summary>Makes the servers of a pool. They connect when they are used.</summary>
/// <param name="connect">Makes what opens the channels to a server. It ends with the server, where it can be disposed.</param>
/// <param name="settings">How the servers are spoken to.</param>
/// <param name="loops">Read what they answer.</param>
/// <param name="connectionsPerServer">The most connections to each.</param>
/// <param name="missed">Makes what keeps the deletes that a server misses.</param>
/// <param name="spareLimit">The longest time that anything may live on a spare.</param>
/// <param name="telemetry">What the pool tells.</param>
/// <param name="failed">Called when a server has failed.</param>
internal sealed class ServerFactory(
    Func<MemcachedServerOptions, ChannelConnector> connect,
    LinkSettings settings,
    ReplyLoops loops,
    int connectionsPerServer,
    Func<MissedDeletes> missed,
    ExpiryLimit spareLimit,
    PoolTelemetry telemetry,
    Action<MemcachedServer, MemcachedConnectionException> failed)
{
    /// <summary>Makes a server.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="isSpare">Whether it is one for the keys of failed servers.</param>
    /// <param name="former">What a server at the same place had missed when it was removed; null: nothing is known.</param>
    public MemcachedServer Create(MemcachedServerOptions options, bool isSpare, MissedDeletes? former = null)
    {
        var connector = connect(options);
        var links = new ServerLink[connectionsPerServer];
        var numbers = new ConnectionNumbers();
        var own = new ServerTelemetry(telemetry, options.Name, AddressOf(options), options.Port);
        var watches = options.IsStandIn ? null : Watch(links.Length);
        for (var i = 0; i < links.Length; i++)
        {
            links[i] = new ServerLink(options.Name, connector, settings, loops, numbers, own, watches?[i]) { TellsState = i == 0 && !options.IsStandIn };
        }

        // Not links[1..]: that looks the array's type up at run time, and costs a native program 190 KB.
        var rest = links.AsSpan(1).ToArray();
        if (options.IsStandIn)
        {
            return new MemcachedServer(options, links[0], rest) { Connector = connector };
        }

        var server = new MemcachedServer(options, links[0], rest) { Missed = former ?? missed(), Connector = connector, Limit = isSpare ? spareLimit : null };
        server.Link.Failed = error => failed(server, error);
        return server;
    }

    /// <summary>Hears which servers the pool has now.</summary>
    public void Serve(MemcachedServer[] servers)
    {
        if (settings.Share is { } share)
        {
            share.Links = Array.ConvertAll(servers, static server => server.Link);
        }
    }

    private HealthWatch[]? Watch(int count)
    {
        if (settings.Health is not { } limits)
        {
            return null;
        }

        var tallies = new CallTally[count];
        for (var i = 0; i < count; i++)
        {
            tallies[i] = new CallTally(limits);
        }

        var watches = new HealthWatch[count];
        for (var i = 0; i < count; i++)
        {
            watches[i] = new HealthWatch(limits, settings.Time, tallies[i], i == 0 ? tallies.AsSpan(1).ToArray() : null);
        }

        return watches;
    }

    private static string AddressOf(MemcachedServerOptions server) =>
        server.IsUnixSocket ? server.Host[MemcachedServerOptions.UnixScheme.Length..] : server.Host.Trim('[', ']');
}
