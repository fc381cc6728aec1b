using TypedCache.Pool.Moves;
using TypedCache.Hashing;
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
    private readonly Dictionary<MemcachedServer, Task> _leaving = [];
    private readonly FormerServers _former = new();
    private readonly ServerFactory _factory;
    private readonly RouterFactory _routers;
    private readonly ReplyLoops _loops;
    private readonly Heartbeat _heartbeat;
    private readonly PoolTelemetry _telemetry;
    private readonly Topologies _topologies;
    private readonly MoveClock _clock;
    private OperationSender? _sender;
    private Func<MemcachedServer, bool> _holdsLeaseOf = static _ => false;
    private volatile OperationRouter _listed;
    private volatile ServerMovePhase _phase;
    private bool _disposed;

    /// <summary>Makes the first servers.</summary>
    /// <param name="first">The servers.</param>
    /// <param name="spares">The spares.</param>
    /// <param name="factory">Makes servers.</param>
    /// <param name="routers">Makes routers.</param>
    /// <param name="loops">Read what the servers answer. They end with the servers.</param>
    /// <param name="telemetry">Shows the servers that there are.</param>
    /// <param name="time">Tells when a move goes on.</param>
    /// <param name="limits">The clock of the time limits.</param>
    /// <exception cref="ArgumentException">The hash strategy does not take one of the lists.</exception>
    public ServerSet(
        IReadOnlyList<MemcachedServerOptions> first, IReadOnlyList<MemcachedServerOptions> spares, ServerFactory factory, RouterFactory routers, ReplyLoops loops, PoolTelemetry telemetry, TimeProvider time, LimitClock limits)
    {
        _telemetry = telemetry;
        _factory = factory;
        _routers = routers;
        _loops = loops;
        var strategy = routers.CreateStrategy(first);
        var spareStrategy = routers.CreateSpareStrategy(spares);
        var servers = Take(first, left: [], added: [], areSpares: false);
        First = routers.Create(version: 1, servers, strategy, spareStrategy is null ? null : routers.CreateSpares(Take(spares, left: [], added: [], areSpares: true), spareStrategy));
        _listed = First;
        _topologies = new Topologies(First);
        _clock = new MoveClock(time, GoOn);
        _heartbeat = new Heartbeat(LinksOf(First.All), loops, limits);
        telemetry.Servers = servers[0].IsStandIn ? [] : First.All;
        factory.Serve(servers);
    }

    /// <summary>
    /// For how long a removed server is kept for the leases that it has given, in milliseconds. What takes longer to create would be of use
    /// to nobody there.
    /// </summary>
    public int LongestDrain { get; set; } = 60_000;

    /// <summary>Finds the servers of keys at first; then the sender knows.</summary>
    public OperationRouter First { get; }

    /// <summary>The servers that were asked for last, and their version. While keys move, calls may be sent to others.</summary>
    public OperationRouter Listed => _listed;

    /// <summary>How far the move to them is.</summary>
    public ServerMovePhase Phase => _phase;

    /// <summary>All servers that may hold values that calls read.</summary>
    public MemcachedServer[] All
    {
        get
        {
            lock (_gate)
            {
                return [.. _topologies.Servers];
            }
        }
    }

    /// <summary>Says who has to hear of other servers, and who may keep one that is removed.</summary>
    /// <param name="sender">Sends with the newest router.</param>
    /// <param name="holdsLeaseOf">Whether somebody still has a lease of a server.</param>
    public void Serve(OperationSender sender, Func<MemcachedServer, bool> holdsLeaseOf)
    {
        _sender = sender;
        _holdsLeaseOf = holdsLeaseOf;
    }

    /// <summary>Takes other servers in place of those that there are.</summary>
    /// <param name="wanted">The servers.</param>
    /// <param name="wantedSpares">The spares; null: those that there are.</param>
    /// <param name="options">How the pool goes there.</param>
    /// <returns>What has changed; null where the lists are the same.</returns>
    /// <exception cref="ArgumentException">
    /// The hash strategy does not take one of the lists, or a server is in both. Nothing has changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    public ServerChange? Change(IReadOnlyList<MemcachedServerOptions> wanted, IReadOnlyList<MemcachedServerOptions>? wantedSpares, ServerChangeOptions options)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw Disposed();
            }

            var before = _topologies.Newest;
            var keepsSpares = wantedSpares is null || IsSame(before.Spares?.Servers ?? [], wantedSpares, before.UsesAddresses);
            if (keepsSpares && IsSame(before.Servers, wanted, before.UsesAddresses))
            {
                SetAddresses(before.Servers, wanted);
                return null;
            }

            // What may be refused comes first.
            ThrowIfInBoth(wanted, keepsSpares ? before.Spares : null);
            var strategy = _routers.CreateStrategy(wanted);
            var spareStrategy = keepsSpares ? null : _routers.CreateSpareStrategy(wantedSpares!);
            var added = new List<MemcachedServer>();
            var used = _topologies.Servers;
            var servers = Take(wanted, Prefer(before.Servers, used), added, areSpares: false);
            var spares = keepsSpares ? before.Spares : ChangeSpares(before.Spares, wantedSpares!, spareStrategy, added);
            var isFirst = before.Servers[0].IsStandIn;
            var router = Adopt(_routers.Create(before.Version + 1, servers, strategy, spares), added);
            var moved = _topologies.Change(router, isFirst ? new ServerChangeOptions() : options, _clock.Now);
            var removed = isFirst ? [] : Except(before.All, router.All);
            Publish(used);
            if (isFirst)
            {
                LeaveStandIn(before.Servers[0]);
            }

            return new ServerChange(before, router, Except(router.All, before.All), removed, EndAsync(moved, removed));
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
            servers = [.. _topologies.Servers, .. _leaving.Keys];
            _topologies.End();
        }

        _clock.Dispose();

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

    private static bool IsSame(MemcachedServer[] servers, IReadOnlyList<MemcachedServerOptions> wanted, bool byAddress)
    {
        for (var i = 0; i < servers.Length && servers.Length == wanted.Count; i++)
        {
            if (!IsSame(servers[i], wanted[i], byAddress))
            {
                return false;
            }
        }

        return servers.Length == wanted.Count;
    }

    // An address matters where keys are hashed by it. Elsewhere a server that has another one keeps its keys.
    private static bool IsSame(MemcachedServer server, MemcachedServerOptions wanted, bool byAddress) =>
        IsAt(server, wanted) && server.Weight == wanted.Weight && server.Zone == wanted.Zone && server.HashName == wanted.HashName
        && (!byAddress || Equals(server.Address, wanted.Address));

    private static void ThrowIfInBoth(IReadOnlyList<MemcachedServerOptions> wanted, OperationRouter? spares)
    {
        foreach (var server in wanted)
        {
            if (spares is not null && Array.Exists(spares.Servers, spare => IsAt(spare, server)))
            {
                throw new ArgumentException(
                    $"{server.Name} is one of the pool's spares. Give the spares together with the servers, without it: UpdateServersAsync(servers, spares).", nameof(wanted));
            }
        }
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

    private OperationRouter? ChangeSpares(
        OperationRouter? before, IReadOnlyList<MemcachedServerOptions> wanted, IHashStrategy? strategy, List<MemcachedServer> added) =>
        strategy is null ? null : _routers.CreateSpares(Take(wanted, [.. before?.Servers ?? []], added, areSpares: true), strategy);

    private OperationRouter Adopt(OperationRouter router, List<MemcachedServer> added)
    {
        _loops.GrowTo(ReplyLoops.CountFor(router.ServerCount * router.Servers[0].LinkCount));
        _heartbeat.Add(LinksOf(added));
        return router;
    }

    // A place that is listed twice has two servers, and keeps as many of them as it is listed again.
    private MemcachedServer[] Take(IReadOnlyList<MemcachedServerOptions> wanted, List<MemcachedServer> left, List<MemcachedServer> added, bool areSpares)
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
                servers[i] = _factory.Create(place, areSpares, _former.Take(place));
                added.Add(servers[i]);
            }
        }

        for (var i = 0; i < servers.Length; i++)
        {
            servers[i].Weight = wanted[i].Weight;
            servers[i].Zone = wanted[i].Zone;
            servers[i].HashName = wanted[i].HashName;
        }

        SetAddresses(servers, wanted);
        return servers;
    }

    private static void SetAddresses(MemcachedServer[] servers, IReadOnlyList<MemcachedServerOptions> wanted)
    {
        for (var i = 0; i < servers.Length; i++)
        {
            servers[i].Address = wanted[i].Address;
        }
    }

    // What stood for the servers has been none, and nothing ends there: what waits goes on to them.
    private static void LeaveStandIn(MemcachedServer standIn)
    {
        foreach (var link in standIn.Links)
        {
            link.Remove();
        }
    }

    // Those of the newest list first: what is listed again keeps the server that it had last. A spare stays one.
    private static List<MemcachedServer> Prefer(MemcachedServer[] first, List<MemcachedServer> all) =>
        [.. first, .. Except(all, first).FindAll(static server => !server.IsSpare)];

    private static List<MemcachedServer> Except(IReadOnlyList<MemcachedServer> servers, ICollection<MemcachedServer> others)
    {
        var left = new List<MemcachedServer>();
        foreach (var server in servers)
        {
            if (!others.Contains(server))
            {
                left.Add(server);
            }
        }

        return left;
    }

    // A step of a move is due.
    private void GoOn()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                var used = _topologies.Servers;
                _topologies.Advance(_clock.Now);
                Publish(used);
            }
        }
    }

    // Not ToString(): it reads names by reflection, which native programs would have to bring along.
    private static string NameOf(ServerMovePhase phase) => phase switch
    {
        ServerMovePhase.Prepare => nameof(ServerMovePhase.Prepare),
        ServerMovePhase.WarmUp => nameof(ServerMovePhase.WarmUp),
        ServerMovePhase.Closing => nameof(ServerMovePhase.Closing),
        ServerMovePhase.CleanUp => nameof(ServerMovePhase.CleanUp),
        _ => nameof(ServerMovePhase.None),
    };

    // Under the gate. Servers that nothing is sent to any more drain.
    private void Publish(List<MemcachedServer> used)
    {
        var servers = _topologies.Servers;
        _sender!.Router = _topologies.Compose(_routers);
        _listed = _topologies.Newest;
        _telemetry.Servers = _listed.All;
        _factory.Serve([.. servers]);
        _telemetry.TopologyVersion = _listed.Version;
        if (_phase != _topologies.Phase)
        {
            _phase = _topologies.Phase;
            _telemetry.MoveGoesOn(NameOf(_phase), _listed.Version);
        }

        _clock.Set(_topologies.NextStep);
        Drain(Except(used, servers));
    }

    // Under the gate.
    private void Drain(List<MemcachedServer> removed)
    {
        foreach (var server in removed)
        {
            var links = server.Links;
            Array.ForEach(links, static link => link.Leave());
            _former.Add(server);
            var holdsLeaseOf = _holdsLeaseOf;
            var drain = new LinkDrain(links, () => holdsLeaseOf(server), LongestDrain, (long)_sender!.Timeout.TotalMilliseconds, () => Forget(server));
            _leaving.Add(server, drain.Ended);
            _heartbeat.Add(drain);
        }
    }

    private async Task EndAsync(Task moved, List<MemcachedServer> removed)
    {
        await moved.ConfigureAwait(false);
        foreach (var server in removed)
        {
            await DrainOf(server).ConfigureAwait(false);
        }
    }

    // Whoever is not among them has been closed, or was listed once more.
    private Task DrainOf(MemcachedServer server)
    {
        lock (_gate)
        {
            return _leaving.TryGetValue(server, out var drained) ? drained : Task.CompletedTask;
        }
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
            Array.ForEach(LinksOf(_topologies.Servers), action);
        }
    }
}
