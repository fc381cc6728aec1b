using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>
/// The servers of a pool, which may change while it runs. Those that stay keep their connections and their state. Those that are removed
/// drain: calls that had begun end there, and then their connections are closed.
/// </summary>
internal sealed class ServerSet : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<MemcachedServer> _leaving = [];
    private readonly ServerFactory _factory;
    private readonly RouterFactory _routers;
    private readonly ReplyLoops _loops;
    private readonly Heartbeat _heartbeat;
    private readonly PoolTelemetry _telemetry;
    private OperationSender? _sender;
    private Func<MemcachedServer, bool> _holdsLeaseOf = static _ => false;
    private bool _disposed;

    /// <summary>Makes the first servers.</summary>
    /// <param name="first">The servers.</param>
    /// <param name="factory">Makes servers.</param>
    /// <param name="routers">Makes routers.</param>
    /// <param name="loops">Read what the servers answer. They end with the servers.</param>
    /// <param name="telemetry">Shows the servers that there are.</param>
    /// <exception cref="ArgumentException">The hash strategy does not take the list.</exception>
    public ServerSet(IReadOnlyList<MemcachedServerOptions> first, ServerFactory factory, RouterFactory routers, ReplyLoops loops, PoolTelemetry telemetry)
    {
        _telemetry = telemetry;
        _factory = factory;
        _routers = routers;
        _loops = loops;
        var strategy = routers.CreateStrategy(first);
        var servers = new MemcachedServer[first.Count];
        for (var i = 0; i < servers.Length; i++)
        {
            servers[i] = factory.Create(first[i]);
        }

        First = routers.Create(version: 1, servers, strategy);
        _heartbeat = new Heartbeat(LinksOf(servers), loops);
        telemetry.Servers = servers;
    }

    /// <summary>
    /// For how long a removed server is kept for the leases that it has given, in milliseconds. What takes longer to create would be of use
    /// to nobody there.
    /// </summary>
    public int LongestDrain { get; set; } = 60_000;

    /// <summary>Finds the servers of keys at first; then the sender knows.</summary>
    public OperationRouter First { get; }

    /// <summary>Says who has to hear of other servers, and who may keep one that is removed.</summary>
    /// <param name="sender">Sends with the newest router.</param>
    /// <param name="holdsLeaseOf">Whether somebody still has a lease of a server.</param>
    public void Serve(OperationSender sender, Func<MemcachedServer, bool> holdsLeaseOf)
    {
        _sender = sender;
        _holdsLeaseOf = holdsLeaseOf;
    }

    /// <summary>Takes other servers in place of those that there are.</summary>
    /// <returns>What has changed; null where it is the same list.</returns>
    /// <exception cref="ArgumentException">The hash strategy does not take the list. Nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    public ServerChange? Change(IReadOnlyList<MemcachedServerOptions> wanted)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw Disposed();
            }

            var before = _sender!.Router;
            if (IsSame(before.Servers, wanted))
            {
                return null;
            }

            // What may be refused comes first.
            var strategy = _routers.CreateStrategy(wanted);
            var added = new List<MemcachedServer>();
            var removed = new List<MemcachedServer>(before.Servers);
            var servers = Take(wanted, removed, added);
            _loops.GrowTo(ReplyLoops.CountFor(servers.Length * servers[0].LinkCount));
            _heartbeat.Add(LinksOf(added));
            _sender.Router = _routers.Create(before.Version + 1, servers, strategy);
            _telemetry.Servers = servers;
            return new ServerChange(_sender.Router, added, removed, Drain(removed));
        }
    }

    /// <summary>Probes the servers that have failed at once.</summary>
    public void Hasten() => ForEachLink(static link => link.Hasten());

    /// <summary>Changes how long failed servers wait at most for their next probe.</summary>
    public void SetRetryInterval(TimeSpan interval) => ForEachLink(link => link.RetryInterval = interval);

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        MemcachedServer[] servers;
        lock (_gate)
        {
            _disposed = true;
            servers = [.. (_sender?.Router ?? First).Servers, .. _leaving];
        }

        foreach (var link in LinksOf(servers))
        {
            link.Dispose();
        }

        _heartbeat.Dispose();
        _loops.Dispose();
        foreach (var server in servers)
        {
            server.Resource?.Dispose();
        }
    }

    private static ObjectDisposedException Disposed() => new(PublicNames.Pool);

    private static bool IsSame(MemcachedServer[] servers, IReadOnlyList<MemcachedServerOptions> wanted)
    {
        for (var i = 0; i < servers.Length && servers.Length == wanted.Count; i++)
        {
            if (!IsAt(servers[i], wanted[i]) || servers[i].Weight != wanted[i].Weight)
            {
                return false;
            }
        }

        return servers.Length == wanted.Count;
    }

    private static bool IsAt(MemcachedServer server, MemcachedServerOptions place) => server.Port == place.Port && server.Host == place.Host;

    private static ServerLink[] LinksOf(IReadOnlyCollection<MemcachedServer> servers)
    {
        var links = new List<ServerLink>();
        foreach (var server in servers)
        {
            links.AddRange(server.Links);
        }

        return [.. links];
    }

    // A place that is listed twice has two servers, and keeps as many of them as it is listed again.
    private MemcachedServer[] Take(IReadOnlyList<MemcachedServerOptions> wanted, List<MemcachedServer> left, List<MemcachedServer> added)
    {
        var servers = new MemcachedServer[wanted.Count];
        for (var i = 0; i < servers.Length; i++)
        {
            var place = wanted[i];
            var at = left.FindIndex(server => IsAt(server, place));
            if (at >= 0)
            {
                servers[i] = left[at];
                left.RemoveAt(at);
            }
            else
            {
                servers[i] = _factory.Create(place);
                added.Add(servers[i]);
            }
        }

        for (var i = 0; i < servers.Length; i++)
        {
            servers[i].Weight = wanted[i].Weight;
        }

        return servers;
    }

    // Under the gate.
    private Task Drain(List<MemcachedServer> removed)
    {
        var drains = new List<Task>(removed.Count);
        foreach (var server in removed)
        {
            ServerLink[] links = [.. server.Links];
            Array.ForEach(links, static link => link.Leave());
            _leaving.Add(server);
            var holdsLeaseOf = _holdsLeaseOf;
            var drain = new LinkDrain(links, () => holdsLeaseOf(server), LongestDrain, (long)_sender!.Timeout.TotalMilliseconds, () => Forget(server));
            _heartbeat.Add(drain);
            drains.Add(drain.Ended);
        }

        return Task.WhenAll(drains);
    }

    private void Forget(MemcachedServer server)
    {
        lock (_gate)
        {
            _leaving.Remove(server);
        }

        server.Resource?.Dispose();
    }

    private void ForEachLink(Action<ServerLink> action)
    {
        lock (_gate)
        {
            Array.ForEach(LinksOf(_sender!.Router.Servers), action);
        }
    }
}
