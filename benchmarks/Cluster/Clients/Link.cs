using TypedCache.Benchmarks.Cluster.Servers;
using TypedCache.Benchmarks.Cluster.Timing;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>
/// One client's connection to one server. It models <c>Transport.ServerLink</c> and <c>Transport.ProbeSchedule</c>: it connects with the
/// first exchange; a refused connection, or one that is silent for the operation timeout, fails the server; a failed server is probed
/// after 50 ms, then after twice as long each time up to the retry interval, each with a random part.
/// </summary>
internal sealed class Link(Client client, CacheServer server) : SimulatedEvent
{
    private readonly List<Exchange> _waiting = [];
    private long _probeDelay = ClientRules.FirstProbeDelay;
    private long? _silentSince;
    private long _lastArrival;
    private long _lastReply;
    private LinkState _state;
    private bool _isProbing;
    private int _life;

    public CacheServer Server => server;

    /// <summary>Which connection it is, counted from 1.</summary>
    public int Generation { get; private set; }

    /// <summary>Whether exchanges may be sent here, now or as soon as it is connected.</summary>
    public bool IsUsable => _state != LinkState.Failed;

    // A connection does not outlive the server's process.
    private bool IsOpen => _state == LinkState.Connected && _life == server.Life;

    /// <summary>When a command that leaves now arrives: a connection keeps the order.</summary>
    public long NextArrival() => _lastArrival = Math.Max(_lastArrival, client.World.Queue.Now + client.World.Network.Hop(server));

    /// <summary>When a reply that leaves now arrives: whoever has won a lease hears of it before those who have not.</summary>
    public long NextReply() => _lastReply = Math.Max(_lastReply, client.World.Queue.Now + client.World.Network.Hop(server));

    public void Send(Exchange exchange)
    {
        if (_state == LinkState.Connected && !IsOpen)
        {
            _state = LinkState.Disconnected;
        }

        switch (_state)
        {
            case LinkState.Connected:
                exchange.Travel(_life);
                break;
            case LinkState.Failed:
                client.Reroute(exchange);
                break;
            default:
                _waiting.Add(exchange);
                ConnectIfNeeded();
                break;
        }
    }

    /// <summary>Treats the server as failed, as <c>MemcachedServer.Disable</c> does: it is not probed.</summary>
    public void Disable() => _state = LinkState.Failed;

    /// <summary>Lets it be tried again, once it has heard of what it has missed.</summary>
    public void Enable()
    {
        client.KeptDeletes?.Replay(server);
        _state = LinkState.Disconnected;
    }

    /// <summary>Since when replies have been due, where the last one to be sent gets none.</summary>
    public long SilentSince(long sentAt) => _silentSince ??= sentAt;

    /// <summary>A reply has come.</summary>
    public void Hear() => _silentSince = null;

    /// <summary>A connection has been silent for too long.</summary>
    public void Hang(int generation)
    {
        if (generation == Generation && _state == LinkState.Connected)
        {
            Fail();
        }
    }

    /// <summary>The next moment of connecting or probing has come.</summary>
    public override void Fire()
    {
        if (_isProbing)
        {
            _isProbing = false;
            PlanEndOfAttempt();
        }
        else if (server.Condition == ServerCondition.Up && server.StalledUntil <= client.World.Queue.Now)
        {
            Open();
        }
        else
        {
            Fail();
        }
    }

    private void ConnectIfNeeded()
    {
        if (_state == LinkState.Disconnected)
        {
            _state = LinkState.Connecting;
            PlanEndOfAttempt();
        }
    }

    // Connecting takes a round trip, and the server's version another one.
    private void PlanEndOfAttempt()
    {
        var hop = client.World.Network.Hop(server);
        var stall = Math.Max(0, server.StalledUntil - client.World.Queue.Now);
        client.World.Queue.In(
            server.Condition switch
            {
                ServerCondition.CutOff => ClientRules.ConnectTimeout,
                ServerCondition.Refusing => 2 * hop,
                _ => Math.Min((4 * hop) + stall, ClientRules.ConnectTimeout),
            },
            this);
    }

    private void Open()
    {
        _probeDelay = ClientRules.FirstProbeDelay;
        _silentSince = null;
        _life = server.Life;
        Generation++;
        client.KeptDeletes?.Replay(server);
        _state = LinkState.Connected;
        foreach (var exchange in TakeWaiting())
        {
            exchange.Travel(_life);
        }
    }

    private void Fail()
    {
        _state = LinkState.Failed;
        _silentSince = null;
        var delay = Math.Min(_probeDelay, ClientRules.LongestProbeDelay);
        _probeDelay = 2 * delay;
        _isProbing = true;
        client.World.Queue.In((long)(delay * (0.5 + (client.World.Network.Chance() / 2))), this);
        foreach (var exchange in TakeWaiting())
        {
            client.Reroute(exchange);
        }
    }

    private Exchange[] TakeWaiting()
    {
        Exchange[] waiting = [.. _waiting];
        _waiting.Clear();
        return waiting;
    }
}
