using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using TypedCache.Embedded;

namespace TypedCache.Testing;

/// <summary>
/// A server of a <see cref="TestCluster"/>, and what goes wrong with it. Faults that were asked for come one after the other, in that order;
/// where they name keys (<c>*</c> stands for any characters), only calls with such keys meet them. The questions by which a
/// connection begins meet none.
/// </summary>
/// <remarks>All members are thread-safe.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "The cluster ends its servers.")]
public sealed class TestServer
{
    private readonly TestCluster _cluster;
    private readonly FaultScript _script = new();
    private readonly HeldReplies _held;
    private readonly EmbeddedServerOptions _options;
    private volatile EmbeddedServer _server;
    private volatile bool _isDown;

    internal TestServer(TestCluster cluster, MemcachedServerOptions address, EmbeddedServerOptions options)
    {
        _cluster = cluster;
        _held = new HeldReplies(cluster.Clock, cluster.StopAtLimits);
        Address = address;
        _options = options;
        _options.Name = address.Name;
        _options.TimeProvider = cluster.Clock;
        _options.Intercept = Intercept;
        _server = new EmbeddedServer(_options);
    }

    /// <summary><c>host:port</c>, as the pool names it.</summary>
    public string Name => Address.Name;

    /// <summary>Whether clients can connect: not after <see cref="Down"/>.</summary>
    public bool IsReachable => !_isDown;

    /// <summary>What it stores, used last first.</summary>
    public IReadOnlyList<TestItem> Items => [.. _server.GetItems().Select(item => new TestItem(Name, item))];

    internal MemcachedServerOptions Address { get; }

    internal EmbeddedServer Server => _server;

    internal bool IsBusy => _server.IsBusy;

    /// <summary>
    /// Closes all connections and refuses new ones until <see cref="Up"/>. It keeps its items, as a server that a network cannot reach. When this
    /// returns, all pools have noticed.
    /// </summary>
    /// <exception cref="CacheAssertException">A pool has not noticed within 30 seconds.</exception>
    public void Down()
    {
        _isDown = true;
        Disconnect();
    }

    /// <summary>
    /// Takes connections again. Pools try it again by their <see cref="MemcachedPoolOptions.RetryInterval"/>, on the cluster's clock, or at once by
    /// <see cref="TestCluster.ReconnectAsync"/>.
    /// </summary>
    public void Up() => _isDown = false;

    /// <summary>
    /// Closes all connections and begins anew without items, as a process that has been restarted: its CAS numbers begin at 1 again. When this
    /// returns, all pools have noticed.
    /// </summary>
    /// <exception cref="CacheAssertException">A pool has not noticed within 30 seconds.</exception>
    public void Restart()
    {
        var old = _server;
        _server = new EmbeddedServer(_options);
        old.Dispose();
        _cluster.WaitUntilNoticed(this, old);
    }

    /// <summary>Closes all connections; new ones work. When this returns, all pools have noticed.</summary>
    /// <exception cref="CacheAssertException">A pool has not noticed within 30 seconds.</exception>
    public void Disconnect()
    {
        var server = _server;
        server.Disconnect();
        _cluster.WaitUntilNoticed(this, server);
    }

    /// <summary>Closes the connection instead of answering a call, and does not carry it out.</summary>
    /// <param name="calls">How many times. A call that a closed connection takes with it is not one of them.</param>
    /// <param name="keys">The keys that meet it.</param>
    public void FailNext(int calls = 1, string keys = "*") => Add(FaultKind.Fail, nameof(FailNext), calls, keys);

    /// <summary>Refuses calls, and does not carry them out.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="message">What it says: <c>SERVER_ERROR</c> and this.</param>
    /// <param name="keys">The keys that meet it.</param>
    public void RefuseNext(int calls = 1, string message = "out of memory storing object", string keys = "*")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        Add(FaultKind.Refuse, nameof(RefuseNext), calls, keys, message: message);
    }

    /// <summary>Carries a call out and closes the connection in the middle of the reply.</summary>
    /// <param name="bytes">How much of the reply comes; null: half of it.</param>
    /// <param name="keys">The keys that meet it.</param>
    public void CutNextReply(int? bytes = null, string keys = "*")
    {
        if (bytes is { } count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(bytes));
        }

        Add(FaultKind.Cut, nameof(CutNextReply), calls: 1, keys, bytes: bytes);
    }

    /// <summary>
    /// Carries calls out at once, but replies late, until <see cref="Recover"/>. Replies keep their order, so that those behind a late one on the
    /// same connection are late too. The time is that of the cluster's clock: a reply comes when a test has advanced it, and so does the time-out
    /// of a call whose pool waits for less (<see cref="MemcachedPoolOptions.OperationTimeout"/>).
    /// </summary>
    /// <param name="time">How late: <c>300ms</c>.</param>
    /// <param name="keys">The keys that meet it.</param>
    /// <exception cref="FormatException">The text is not a time.</exception>
    public void Delay(string time, string keys = "*") => AddDelay(nameof(Delay), calls: null, Duration.Parse(time), keys);

    /// <inheritdoc cref="Delay(string, string)"/>
    /// <param name="time">How late.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not more than zero.</exception>
    public void Delay(TimeSpan time) => AddDelay(nameof(Delay), calls: null, time, "*");

    /// <summary>Carries calls out at once, but replies late (<see cref="Delay(string, string)"/>).</summary>
    /// <param name="calls">How many.</param>
    /// <param name="time">How late: <c>300ms</c>.</param>
    /// <param name="keys">The keys that meet it.</param>
    /// <exception cref="FormatException">The text is not a time.</exception>
    public void DelayNext(int calls, string time, string keys = "*") => AddDelay(nameof(DelayNext), calls, Duration.Parse(time), keys);

    /// <summary>Carries calls out, but does not reply until <see cref="Recover"/>. Callers time out when the cluster's clock is advanced.</summary>
    /// <param name="keys">The keys that meet it.</param>
    public void Hang(string keys = "*") => Add(FaultKind.Delay, nameof(Hang), calls: null, keys, Timeout.InfiniteTimeSpan);

    /// <summary>Ends all faults: those to come do not come, late replies are sent now, and clients can connect.</summary>
    public void Recover()
    {
        _script.Clear();
        _isDown = false;
        _held.ReleaseAll();
    }

    /// <summary>The name, and whether it can be reached.</summary>
    public override string ToString() => IsReachable ? Name : $"{Name} (down)";

    internal EmbeddedServer Connect() => _isDown ? throw new IOException($"{nameof(TestServer)}.{nameof(Down)} was called.") : _server;

    internal void Dispose()
    {
        _server.Dispose();
        _held.ReleaseAll();
    }

    private void AddDelay(string name, int? calls, TimeSpan time, string keys)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        Add(FaultKind.Delay, name, calls, keys, time);
    }

    private void Add(FaultKind kind, string name, int? calls, string keys, TimeSpan delay = default, int? bytes = null, string message = "")
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (calls is { } count)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(calls));
        }

        _script.Add(new Fault { Kind = kind, Name = name, Left = calls, Keys = keys, Delay = delay, Bytes = bytes, Message = message });
    }

    private void Intercept(EmbeddedExchange exchange)
    {
        var command = WireCommand.Read(exchange.Command.Span);
        var fault = command.Keys.Length == 0 ? null : _script.Take(command.Keys);
        var met = fault is null ? null : Meet(fault, exchange);
        if (fault is null)
        {
            exchange.Run();
        }

        if (_held.Exist)
        {
            // It is late, or waits behind one that is.
            _cluster.StopAtLimits();
        }

        if (!command.IsHousekeeping)
        {
            Record(command, exchange, met, isLost: fault?.Kind is FaultKind.Fail or FaultKind.Cut);
        }
    }

    // What has happened, in words.
    private string Meet(Fault fault, EmbeddedExchange exchange)
    {
        switch (fault.Kind)
        {
            case FaultKind.Fail:
                exchange.Close();
                return $"connection closed, not carried out ({fault.Name})";
            case FaultKind.Refuse:
                exchange.Answer(Encoding.UTF8.GetBytes($"SERVER_ERROR {fault.Message}\r\n"));
                return fault.Name;
            case FaultKind.Cut:
                var reply = exchange.Run();
                var sent = Math.Min(fault.Bytes ?? (reply.Length / 2), reply.Length);
                exchange.Answer(reply[..sent]);
                exchange.Close();
                return string.Create(CultureInfo.InvariantCulture, $"reply cut after {sent} of {reply.Length} bytes ({fault.Name})");
            default:
                exchange.Run();
                _held.Hold(exchange, fault.Delay);
                return fault.Delay == Timeout.InfiniteTimeSpan ? $"no reply, {fault.Name}" : $"{Duration.Show(fault.Delay)} late, {fault.Name}";
        }
    }

    private void Record(WireCommand command, EmbeddedExchange exchange, string? fault, bool isLost)
    {
        var time = _cluster.Clock.Elapsed;
        foreach (var key in command.Keys.Length == 0 ? [""] : command.Keys)
        {
            var reply = isLost ? new WireReply(CallAnswer.Lost) : WireReply.Read(command, key, exchange.Reply.Span);
            _cluster.Calls.Add(new RecordedCall
            {
                Server = Name,
                Kind = command.Kind,
                Key = key,
                Answer = reply.Answer,
                Bytes = RecordedCall.IsStore(command.Kind) ? exchange.Value.Length : reply.Bytes,
                Flags = reply.Flags,
                IsStale = reply.IsStale,
                HasWonLease = reply.HasWonLease,
                IsLeaseTaken = reply.IsLeaseTaken,
                Refusal = reply.Refusal,
                Fault = fault,
                Time = time,
                Request = command.Text,
            });
        }
    }
}
