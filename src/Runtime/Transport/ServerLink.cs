using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport.Health;

namespace TypedCache.Transport;

/// <summary>
/// Keeps one server connected: opens the connection with the first operation, replaces it when it is lost, and when the server
/// cannot be reached turns operations away at once until a probe in the background succeeds.
/// </summary>
internal sealed partial class ServerLink : IConnectionOwner, IDisposable
{
    private readonly Lock _gate = new();
    private readonly WaitingOperations _waiting = new();

    private readonly LinkSettings _settings;
    private readonly ConnectionOpener _opener;
    private readonly ProbeSchedule _probe;
    private readonly HealthWatch? _health;
    private readonly HealthProbe _healthProbe;
    private readonly RetiredConnection _retired = new();
    private volatile Sickness? _sickness;
    private long? _recovered;
    private bool _isKeptSick;
    private ServerConnection? _connection;
    private volatile ServerState _state = ServerState.Disconnected;
    private long _failedAt;
    private bool _connecting;
    private bool _settles;
    private bool _disabled;
    private volatile bool _isExpected;
    private volatile bool _isLeaving;
    private volatile bool _isRemoved;
    private volatile bool _disposed;

    /// <summary>Makes a link.</summary>
    /// <param name="name">The server, as <c>host:port</c>.</param>
    /// <param name="connector">Opens channels to it.</param>
    /// <param name="settings">How it is spoken to.</param>
    /// <param name="loops">Read what it answers.</param>
    /// <param name="numbers">Numbers the connections to the server, where it has several links.</param>
    /// <param name="telemetry">Hears what happens to the server.</param>
    /// <param name="health">Judges it by its calls, if anything does.</param>
    public ServerLink(
        string name, ChannelConnector connector, LinkSettings settings, ReplyLoops loops, ConnectionNumbers? numbers = null, ServerTelemetry? telemetry = null, HealthWatch? health = null)
    {
        Name = name;
        Telemetry = telemetry ?? new ServerTelemetry(PoolTelemetry.Silent, name, name, port: 0);
        _settings = settings;
        _probe = new ProbeSchedule(settings.Time);
        _health = health;
        _healthProbe = new HealthProbe(name, settings.KeyPrefix, settings.Limits, asked: () => Heartbeat?.Wake());

        // While a server is probed, there may be no call that keeps the heartbeat awake.
        Connections = numbers ?? new ConnectionNumbers();
        _opener = new ConnectionOpener(this, connector, settings, loops, Connections, Telemetry.Traffic, health?.Tally, asked: () => Heartbeat?.Wake());
        RetryInterval = settings.RetryInterval;
    }

    public string Name { get; }

    /// <summary>How the server is spoken to.</summary>
    public LinkSettings Settings => _settings;

    /// <summary>The server in metrics, traces and logs.</summary>
    public ServerTelemetry Telemetry { get; }

    /// <summary>Whether the state of this link is that of the server, so that its changes are told.</summary>
    public bool TellsState { get; init; }

    /// <summary>The longest time between two probes of the server; infinite: it is never probed. Read with each probe.</summary>
    public TimeSpan RetryInterval { get; set; }

    /// <summary>Called when the server fails, unless it had failed already.</summary>
    public Action<MemcachedConnectionException>? Failed { get; set; }

    /// <summary>What has to be done before a connection is used; null: nothing.</summary>
    public IHomecoming? Homecoming { get; set; }

    /// <summary>The connection that everybody may use; null where there is none.</summary>
    public ServerConnection? OpenConnection => IsUsable && Volatile.Read(ref _connection) is { IsOpen: true } connection ? connection : null;

    /// <summary>Looks after the operations that are sent here.</summary>
    public Heartbeat? Heartbeat { get; set; }

    public ServerState State => _isExpected ? ServerState.Failed : _state;

    /// <summary>Whether the server has nearly caught up: it counts as failed, and what is sent to it waits until it is back.</summary>
    public bool IsExpected => _isExpected;

    /// <summary>The version that the server reported when it was last connected; null if it reported none.</summary>
    public Version? Version { get; private set; }

    /// <summary>Whether the server compared CAS numbers in reads when it was last connected (<see cref="WireProtocol.ComparesCas"/>).</summary>
    public bool ComparesCas { get; private set; }

    /// <summary>Numbers the connections to the server, over all of its links.</summary>
    public ConnectionNumbers Connections { get; }

    /// <summary>Why the server is, or was last, not reachable.</summary>
    public MemcachedConnectionException? LastFailure { get; private set; }

    /// <summary>Whether the server has been taken out because its calls failed, though it could be reached.</summary>
    public bool IsSick => !IsUsable && _sickness is not null;

    /// <summary>Whether the link has been closed for good.</summary>
    public bool IsClosed => _disposed;

    /// <summary>Whether its server is no longer one of the pool's.</summary>
    public bool IsLeaving => _isLeaving;

    /// <summary>Whether it has been closed because its server is no longer one of the pool's: what comes to it now goes elsewhere.</summary>
    public bool IsRemoved => _isRemoved;

    /// <summary>How many operations have been queued on its connection and not answered.</summary>
    public int PendingCount => Volatile.Read(ref _connection)?.PendingCount ?? 0;

    /// <summary>How many operations wait for a connection.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Whether operations wait here for a connection or for their replies, or one is being opened.</summary>
    public bool IsInUse
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0 || _connecting || _connection is { IsBusy: true } || _retired.IsBusy;
            }
        }
    }

    /// <summary>For how long the server has answered nothing, in milliseconds: 0 while replies are due, as much as there is without a connection.</summary>
    public long IdleMilliseconds => Volatile.Read(ref _connection) is { IsOpen: true } connection ? connection.IdleMilliseconds : long.MaxValue;

    /// <summary>Whether operations wait for a connection, or calls have failed that nobody has judged yet.</summary>
    public bool IsBusy => WaitingCount > 0 || (_health is { IsDue: true } && IsUsable);

    /// <summary>Whether an operation on a key waits here for its reply, or for the connection.</summary>
    public bool HasPending(ReadOnlySpan<byte> key)
    {
        if (Volatile.Read(ref _connection) is { HasPending: true } connection && connection.IsPending(key))
        {
            return true;
        }

        if (_waiting.Bytes == 0)
        {
            return false;
        }

        lock (_gate)
        {
            return _waiting.Has(key);
        }
    }

    /// <summary>For how long the server has been out of reach; null: it is not.</summary>
    public TimeSpan? FailedFor => IsUsable ? null : TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _failedAt));

    /// <summary>Whether operations may be sent here, now or as soon as it is connected.</summary>
    public bool IsUsable => _state != ServerState.Failed;

    // Under the gate. A server that has failed is probed, whatever has gone wrong in planning that: else nobody would use it again.
    private bool LacksProbe =>
        _state == ServerState.Failed && !_probe.IsPlanned && !_connecting && !_disabled && !_isLeaving && !_disposed && RetryInterval != Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Sends an operation, or lets it wait for the connection, or hands it back to its router. It does not throw: what goes wrong, even
    /// memory that runs out, ends the caller's waiting.
    /// </summary>
    public void Send(Operation operation)
    {
        var use = operation.Use;
        try
        {
            SendOrLetWait(operation);
        }
        catch (Exception exception)
        {
            // It may be on its way all the same, so that only the caller is told.
            operation.Abandon(use, exception);
        }

        // Also for an operation that came from elsewhere: it waited nowhere on its way, and the heartbeat may have stopped meanwhile.
        Heartbeat?.Wake();
    }

    /// <summary>Treats the server as failed until <see cref="Enable"/>; it is not probed.</summary>
    public void Disable()
    {
        lock (_gate)
        {
            _disabled = true;
            _probe.Cancel();
        }

        MarkFailed(new MemcachedConnectionException($"{Name} has been taken out of use.") { Server = Name });
    }

    /// <summary>Lets a server that has failed, or was disabled, be tried again at once.</summary>
    public void Enable()
    {
        lock (_gate)
        {
            _disabled = false;
            _sickness = null;
            _probe.ResetDelay();
            if (_probe.IsPlanned)
            {
                _probe.Hasten();
            }
        }

        // Over a connection that it still has, the server may only be used once it has caught up.
        if (Homecoming is { } homecoming && !homecoming.TryArrive(Return))
        {
            SettleOrReturn();
        }
        else if (Homecoming is null)
        {
            Return();
        }

        Heartbeat?.Wake();
    }

    /// <summary>
    /// Does what has come up although the server is connected, or connects it for that. Where it has failed, that is done when it is back.
    /// </summary>
    public void Settle()
    {
        lock (_gate)
        {
            if (!_disposed && !_isLeaving && IsUsable && !_connecting)
            {
                _settles = true;
                ConnectIfNeeded();
            }
        }

        Heartbeat?.Wake();
    }

    /// <summary>Probes a server that has failed at once, if it would be probed at all.</summary>
    public void Hasten()
    {
        lock (_gate)
        {
            _probe.ResetDelay();
            if (LacksProbe)
            {
                _probe.Plan(RetryInterval);
            }

            if (_probe.IsPlanned)
            {
                _probe.Hasten();
            }
        }

        Heartbeat?.Wake();
    }

    /// <summary>
    /// The server is no longer one of the pool's. Calls that have begun still get here; it is not probed any more, and its failures are of
    /// no interest. <see cref="Remove"/> has to follow.
    /// </summary>
    public void Leave()
    {
        lock (_gate)
        {
            _isLeaving = true;
            _probe.Cancel();
        }

        Failed = null;
    }

    /// <summary>Closes the link of a server that is no longer one of the pool's. Operations that have not been sent go elsewhere.</summary>
    public void Remove()
    {
        _isRemoved = true;
        Close(Removed);
    }

    /// <summary>In how many milliseconds the server is probed; <see cref="Timeout.Infinite"/>: it is not.</summary>
    public int UntilNextProbe()
    {
        lock (_gate)
        {
            return LacksProbe || _retired.Exists ? Heartbeat.Period
                : _disposed ? Timeout.Infinite
                : _probe.MillisecondsLeft();
        }
    }

    /// <summary>Looks after the operations that wait for a connection, and probes a server that has failed.</summary>
    public void Check(long now)
    {
        lock (_gate)
        {
            if (_waiting.Count > 0)
            {
                _waiting.AbandonOverdue(now, TimedOut);
            }

            if (LacksProbe)
            {
                _probe.Plan(RetryInterval);
            }

            _retired.CloseIfDone(now);
            if (!_disposed && _probe.TryTake() && RetryInterval != Timeout.InfiniteTimeSpan)
            {
                ConnectIfNeeded();
            }
        }

        CheckHealth(now);
    }

    public MemcachedTimeoutException TimedOut(Operation operation) => new(
        $"{Name} did not answer {operation.Request.Description} within {_settings.Limits.OperationTimeout.TotalMilliseconds:0} ms.")
    {
        Server = Name,
    };

    public void Closed(ServerConnection connection, Exception failure, IReadOnlyList<Operation> unsent)
    {
        // A server that is silent although replies are due would keep the next callers waiting just as long.
        var hung = failure as MemcachedTimeoutException;
        lock (_gate)
        {
            _callsOnTheMove++;
            if (_connection == connection)
            {
                _connection = null;
                _state = _state == ServerState.Connected ? ServerState.Disconnected : _state;
            }
            else
            {
                // It has been replaced already: what it was like says nothing about the server now.
                hung = null;
            }
        }

        try
        {
            if (failure is MemcachedProtocolException)
            {
                Telemetry.WasOutOfStep();
            }

            if (hung is not null)
            {
                MarkFailed(hung);
            }

            SendAgain(unsent, failure);
        }
        finally
        {
            HaveArrived();
        }
    }

    public void Dispose() => Close(Disposed);

    private void SendAgain(IReadOnlyList<Operation> unsent, Exception failure)
    {
        foreach (var operation in unsent)
        {
            // A question of the handshake concerns its own connection only.
            if (operation is HandshakeOperation)
            {
                operation.Fail(failure);
            }
            else
            {
                SendUnlessAbandoned(operation);
            }
        }
    }

    private static ObjectDisposedException Disposed() => new(PublicNames.Pool);

    private MemcachedConnectionException Removed() => new($"{Name} has been removed from the pool.") { Server = Name };

    private Exception Closed() => _isRemoved ? Removed() : Disposed();

    private void Close(Func<Exception> reason)
    {
        Operation[] waiting;
        ServerConnection? connection;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            connection = _connection;
            _retired.Close(reason);
            waiting = _waiting.TakeAll();
        }

        connection?.Close(reason);
        foreach (var operation in waiting)
        {
            Refuse(operation, reason());
        }
    }

    private void SendOrLetWait(Operation operation)
    {
        do
        {
            if (Volatile.Read(ref _connection) is { } connection)
            {
                if (connection.Protocol.Refuse(operation.Request) is { } refusal)
                {
                    operation.Fail(refusal);
                    return;
                }

                switch (connection.TrySend(operation))
                {
                    case SendOutcome.Queued:
                        return;
                    case SendOutcome.Full:
                        TurnAway(operation);
                        return;
                    case SendOutcome.Outdated:
                        Outdate(operation);
                        return;
                }
            }
        }
        while (!TryLetWait(operation));
    }

    // False when a connection has been opened in the meantime.
    private bool TryLetWait(Operation operation)
    {
        Exception? refusal = null;
        lock (_gate)
        {
            if (_disposed)
            {
                refusal = Closed();
            }
            else if (_state == ServerState.Failed)
            {
                refusal = LastFailure;
            }
            else if (_connection is { IsOpen: true })
            {
                return false;
            }
            else if (_waiting.Bytes <= _settings.Limits.MaxQueuedBytes)
            {
                _waiting.Add(operation);
                ConnectIfNeeded();
                return true;
            }
        }

        if (refusal is null)
        {
            TurnAway(operation);
        }
        else
        {
            Refuse(operation, refusal);
        }

        return true;
    }

    // There is no room for it.
    private void TurnAway(Operation operation)
    {
        operation.Route?.Overloaded(operation);
        operation.Fail(Overloaded());
    }

    // Its caller has left, and it has not been sent.
    private static void Drop(Operation operation)
    {
        operation.Route?.Lost(operation);
        operation.Answer();
    }

    private static void Outdate(Operation operation)
    {
        if (operation.IsAbandoned)
        {
            Drop(operation);
        }
        else
        {
            operation.Route!.Outdate(operation);
        }
    }

    private static void Refuse(Operation operation, Exception refusal)
    {
        var use = operation.Use;
        try
        {
            if (operation.IsAbandoned)
            {
                Drop(operation);
            }
            else if (refusal is MemcachedConnectionException failure && operation.Route is { } route)
            {
                route.Reroute(operation, failure);
            }
            else
            {
                operation.Fail(refusal);
            }
        }
        catch (Exception exception)
        {
            // Others wait as well, and finding another server may run what an application wrote.
            operation.Abandon(use, exception);
        }
    }

    private void SendUnlessAbandoned(Operation operation)
    {
        if (operation.IsAbandoned)
        {
            Drop(operation);
        }
        else
        {
            Send(operation);
        }
    }

    private MemcachedConnectionException Overloaded() => new(
        $"{Name} does not keep up: more than {_settings.Limits.MaxQueuedBytes} bytes wait to be sent. Slow down, or raise {PublicNames.MaxQueuedBytes}.")
    {
        Server = Name,
    };
}
