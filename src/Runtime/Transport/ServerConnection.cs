using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport.Health;

namespace TypedCache.Transport;

/// <summary>
/// One open channel to a server, shared by all callers: their requests are gathered and sent together, and its <see cref="ReplyLoop"/>
/// hands the replies out in the order of the requests. It lives until its channel breaks and is then replaced.
/// </summary>
/// <remarks>
/// The way of a request: <see cref="TrySend"/> writes it behind those that have gathered. Then it leaves with the thread's
/// <see cref="SendBatch"/>, where one is open; or with the loop, where that is awake or worth waking; or at once, on the caller's
/// thread. One thread sends at a time, and goes on for a while if more gathers. What is left then, and what the channel has no room
/// for, is sent by the loop.
/// </remarks>
internal sealed class ServerConnection
{
    // A batch holds sends back to save calls into the kernel. Beyond this there is little left to save, and the server could begin.
    private const int MaxBytesHeldBack = 256 * 1024;
    private const int MaxOperationsHeldBack = 32;

    private const int MaxSendsInTurn = 16;

    // After so many looks of the heartbeat at which no reply was due, and no request between them, memory is given up: half a second.
    private const int LooksUntilIdle = 500 / Heartbeat.Period;

    // How late a look of the heartbeat may be, in milliseconds, even where time-outs are shorter.
    private const int LongestLate = 10 * Heartbeat.Period;

    private readonly Lock _gate = new();
    private readonly IConnectionOwner _owner;
    private readonly ConnectionLimits _limits;
    private readonly ConnectionNumbers _numbers;
    private readonly PendingQueue _pending = new();

    // What the sender waits for and what the loop watches for change together: otherwise the loop would watch for room for ever.
    private readonly Lock _roomGate = new();

    private SendBuffer _gathering = new();
    private SendBuffer _sending = new();
    private int _gatheredOperations;
    private int _looksWithoutRequest;
    private bool _senderBusy;
    private bool _awaitsRoom;
    private int _attention;
    private long _lastDeadline;
    private bool _deadlinesAreMixed;
    private Func<Exception>? _failure;
    private long _silentSince;
    private long _lastCheck;

    /// <summary>Makes a connection.</summary>
    /// <param name="channel">Where the bytes go and come from.</param>
    /// <param name="owner">Who hears of the end.</param>
    /// <param name="limits">What is allowed.</param>
    /// <param name="numbers">Numbers the connections to the server.</param>
    public ServerConnection(ByteChannel channel, IConnectionOwner owner, ConnectionLimits limits, ConnectionNumbers numbers)
    {
        Channel = channel;
        _numbers = numbers;
        _owner = owner;
        _limits = limits;
        Replies = new ReplyStream(this, channel, owner.Name, limits.MaxValueLength);
    }

    /// <summary>The server's name.</summary>
    public string Server => _owner.Name;

    /// <summary>Which of the connections to its server it is, counted from 1; 0 until it is ready.</summary>
    public int Generation { get; private set; }

    /// <summary>Where the bytes go and come from.</summary>
    public ByteChannel Channel { get; }

    /// <summary>Counts them.</summary>
    public Traffic Traffic { get; init; } = new();

    /// <summary>Counts the calls; null: nobody wants to know.</summary>
    public CallTally? Tally { get; set; }

    /// <summary>How many operations have been queued and not answered. Only a hint, as <see cref="HasPending"/>.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>The reading half; it belongs to the connection's <see cref="ReplyLoop"/>.</summary>
    public ReplyStream Replies { get; }

    /// <summary>Who reads the replies; set when the loop begins to.</summary>
    public ReplyLoop? Loop { get; set; }

    /// <summary>The connection behind this one in the list of those that the loop has to see to; it belongs to the loop.</summary>
    public ServerConnection? NextAttended { get; set; }

    /// <summary>How operations on one key are written and answered. Set once, before the first of them.</summary>
    public WireProtocol Protocol
    {
        get => Replies.Protocol;
        set => Replies.Protocol = value;
    }

    /// <summary>The server has answered: it is ready for everybody's operations. Called once.</summary>
    public void BecomeReady() => Generation = _numbers.Next();

    /// <summary>Whether operations can still be queued.</summary>
    public bool IsOpen => Volatile.Read(ref _failure) is null;

    /// <summary>Whether replies are due. Only a hint, unless nobody can send.</summary>
    public bool HasPending => _pending.Count > 0;

    /// <summary>Whether replies to requests that have been sent are due. Only a hint, as <see cref="HasPending"/>.</summary>
    public bool AwaitsReplies => _pending.Count > _gatheredOperations;

    /// <summary>How long ago the last reply came, in milliseconds; 0 while others are due. Only a hint, as <see cref="HasPending"/>.</summary>
    public long IdleMilliseconds => HasPending ? 0 : _limits.Clock.Now - Volatile.Read(ref _silentSince);

    /// <summary>Whether operations wait for their replies.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count > 0;
            }
        }
    }

    /// <summary>How many bytes its buffers have memory for.</summary>
    public int Footprint
    {
        get
        {
            lock (_gate)
            {
                return _gathering.Capacity + _sending.Capacity + (_pending.Capacity * IntPtr.Size) + Replies.Footprint;
            }
        }
    }

    /// <summary>Whether something is to be done that waits for nobody: to send, to end the waiting of callers, or to end the connection.</summary>
    /// <param name="now">The time, in milliseconds of the <see cref="LimitClock"/>.</param>
    public bool HasWorkDue(long now)
    {
        lock (_gate)
        {
            if (_failure is not null || _senderBusy || _gatheredOperations > 0)
            {
                return true;
            }

            for (var i = 0; i < _pending.Count; i++)
            {
                if (_pending[i].Deadline <= now && (!_pending[i].IsAbandoned || IsSilentAt(now)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether an operation on a key waits for its reply.</summary>
    public bool IsPending(ReadOnlySpan<byte> key)
    {
        lock (_gate)
        {
            for (var i = 0; i < _pending.Count; i++)
            {
                if (key.SequenceEqual(_pending[i].Request.Key))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Takes the place in the list of those that the loop has to see to.</summary>
    /// <returns>False if it is in the list already.</returns>
    public bool TryBeginAttention() => Interlocked.Exchange(ref _attention, 1) == 0;

    /// <summary>The loop sees to it now.</summary>
    public void EndAttention() => Interlocked.Exchange(ref _attention, 0);

    /// <summary>Queues an operation. Its bytes are on their way when this returns, or when the thread's <see cref="SendBatch"/> or the loop comes to it.</summary>
    public SendOutcome TrySend(Operation operation)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                return SendOutcome.Closed;
            }

            if (_gathering.Length > _limits.MaxQueuedBytes)
            {
                return SendOutcome.Full;
            }

            if (Generation > operation.Request.NewestConnection)
            {
                return SendOutcome.Outdated;
            }

            // Both before anything changes: they may run out of memory.
            _pending.MakeRoom();
            _gathering.Append(operation, Protocol);
            operation.Generation = _numbers.Newest;
            if (_pending.Count == 0)
            {
                // Before, there was nothing to answer.
                Volatile.Write(ref _silentSince, _limits.Clock.Now);
            }

            NoteDeadline(operation.Deadline);
            _pending.Enqueue(operation);
            _gatheredOperations++;
            _looksWithoutRequest = 0;
            if (_senderBusy)
            {
                return SendOutcome.Queued;
            }

            _senderBusy = !IsHeldBack();
            if (!_senderBusy)
            {
                return SendOutcome.Queued;
            }
        }

        SendGathered();
        return SendOutcome.Queued;
    }

    /// <summary>Sends what has gathered, unless somebody is sending.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_senderBusy || (_gathering.Length == 0 && !Channel.HasUnsent))
            {
                return;
            }

            _senderBusy = true;
        }

        SendGathered();
    }

    /// <summary>Called by the loop when the channel may have room again: sends what waits for it.</summary>
    public void ContinueSending()
    {
        if (!Volatile.Read(ref _awaitsRoom))
        {
            return;
        }

        lock (_roomGate)
        {
            if (!_awaitsRoom)
            {
                return;
            }

            _awaitsRoom = false;
            Loop!.WatchRoom(this, watches: false);
        }

        SendGathered();
    }

    /// <summary>
    /// Looks after the connection from time to time: ends the waiting of callers whose time is over, and sends what a blocked
    /// thread held back.
    /// </summary>
    public void Check(long now)
    {
        Flush();
        TrimIfIdle();
        var isOverdue = EndOverdue(now);
        _lastCheck = now;
        if (isOverdue)
        {
            Close(() => new MemcachedTimeoutException(
                $"{_owner.Name} has not sent a byte for {_limits.OperationTimeout.TotalMilliseconds:0} ms while replies were due; it is treated as failed.")
            {
                Server = _owner.Name,
            });
        }
    }

    /// <summary>Gives up the memory that requests have needed, unless some are under way.</summary>
    public void Trim()
    {
        lock (_gate)
        {
            if (!_senderBusy && _pending.Count == 0)
            {
                _gathering.Trim();
                _sending.Trim();
                _pending.Trim();
            }
        }
    }

    /// <summary>Closes the channel; the loop then fails what is pending.</summary>
    /// <param name="failure">Makes the exception, one for each operation.</param>
    public void Close(Func<Exception> failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
        }

        Channel.Close();
    }

    /// <summary>Closes the channel because it broke, or (without a cause) because the server closed it.</summary>
    public void CloseAsLost(Exception? cause) => Close(() => Lost(cause));

    /// <summary>Closes the channel because of a reply that does not fit: nothing behind it can be trusted.</summary>
    public void CloseAsMismatched(MemcachedProtocolException cause) =>
        Close(() => new MemcachedProtocolException(cause.Message, cause) { Server = _owner.Name });

    /// <summary>Notes that the server has sent something.</summary>
    /// <param name="count">How many bytes.</param>
    public void HasReceived(int count)
    {
        Traffic.AddReceived(count);
        Volatile.Write(ref _silentSince, _limits.Clock.Now);
    }

    /// <summary>Copies the operations whose replies are due, behind the <paramref name="skip"/> oldest: those that have been sent.</summary>
    /// <returns>How many were copied.</returns>
    public int PeekPending(int skip, Span<Operation> destination)
    {
        lock (_gate)
        {
            var due = _pending.Count - _gatheredOperations - skip;
            return _pending.Peek(skip, destination[..Math.Min(due, destination.Length)]);
        }
    }

    /// <summary>Takes the oldest operations out: their replies have been read.</summary>
    public void RemovePending(int count)
    {
        lock (_gate)
        {
            _pending.Remove(count);
        }
    }

    /// <summary>Called once by the loop, which no longer waits for the channel: fails what has been sent; operations of which no byte has been sent go back to the owner.</summary>
    public void End()
    {
        List<Operation> lost = [];
        List<Operation> unsent = [];
        Func<Exception> failure;
        lock (_gate)
        {
            failure = _failure ??= () => Lost(null);
            var sent = _pending.Count - _gatheredOperations;
            for (var i = 0; i < _pending.Count; i++)
            {
                (i < sent ? lost : unsent).Add(_pending[i]);
            }

            NoteLoss(lost);
            _pending.Remove(_pending.Count);
        }

        // Before anybody connects anew.
        NoteLost(lost);
        GiveBack(unsent, failure);
        foreach (var operation in lost)
        {
            operation.Fail(failure());
        }
    }

    // Questions of the handshake are none of a caller's, and whoever has left has been counted.
    private void NoteLoss(List<Operation> lost)
    {
        if (Tally is not { } tally)
        {
            return;
        }

        var calls = 0;
        foreach (var operation in lost)
        {
            calls += operation.IsAbandoned || operation.Request.Verb == Verb.Handshake ? 0 : 1;
        }

        if (calls > 0)
        {
            tally.NoteLoss(lost[0].Request.Verb, calls);
        }
    }

    private static void NoteLost(List<Operation> lost)
    {
        try
        {
            foreach (var operation in lost)
            {
                operation.Route?.Lost(operation);
            }
        }
        catch (Exception)
        {
            // Their callers are told all the same.
        }
    }

    // Whatever goes wrong, those who wait for the others are told.
    private void GiveBack(List<Operation> unsent, Func<Exception> failure)
    {
        var uses = unsent.ConvertAll(static operation => operation.Use);
        try
        {
            Channel.Dispose();
            _owner.Closed(this, failure(), unsent);
        }
        catch (Exception exception)
        {
            // Some may be on their way again, so that only their callers are told.
            for (var i = 0; i < uses.Count; i++)
            {
                unsent[i].Abandon(uses[i], Lost(exception));
            }
        }
    }

    // Under the gate. Whether the request leaves with the thread's batch or with the loop.
    private bool IsHeldBack()
    {
        if (_gatheredOperations >= MaxOperationsHeldBack || _gathering.Length >= MaxBytesHeldBack)
        {
            return false;
        }

        if (SendBatch.Current is { } batch)
        {
            batch.Touch(this);
            return true;
        }

        if (Loop is { } loop && (loop.IsCurrent || loop.TakesRequests()))
        {
            loop.Attend(this);
            return true;
        }

        return false;
    }

    // Whoever finds the sender idle sends for all, until nothing more has gathered, or the channel has no room.
    private void SendGathered()
    {
        try
        {
            for (var sends = 0; _sending.Unsent > 0 || Channel.HasUnsent || TakeGathered(sends); sends++)
            {
                var sent = Channel.TrySend(_sending.Written, _sending.LastRequest);
                Traffic.AddSent(sent);
                _sending.Consume(sent);
                if (_sending.Unsent > 0 || Channel.HasUnsent)
                {
                    WaitForRoom();
                    return;
                }
            }
        }
        catch (Exception exception)
        {
            // Half a request may have left: nothing can follow it. What has come in may still answer some of the callers, and the
            // loop ends the rest when it meets the end.
            CloseAsLost(exception);
        }
    }

    private void WaitForRoom()
    {
        lock (_roomGate)
        {
            _awaitsRoom = true;
            Loop?.WatchRoom(this, watches: true);
        }

        if (Channel.Socket is null)
        {
            // Its channel may have said that there is room before somebody waited for it.
            Loop?.Attend(this);
        }
    }

    private bool TakeGathered(int sends)
    {
        lock (_gate)
        {
            _sending.Clear();
            if (_gathering.Length == 0 || _failure is not null)
            {
                _senderBusy = false;
                return false;
            }

            if (sends >= MaxSendsInTurn && Loop is { } loop)
            {
                // Others go on asking: a caller is not to send for them for ever, nor the loop for one connection.
                _senderBusy = false;
                loop.Attend(this);
                return false;
            }

            (_gathering, _sending) = (_sending, _gathering);
            _gatheredOperations = 0;
            return true;
        }
    }

    private void TrimIfIdle()
    {
        if (HasPending)
        {
            _looksWithoutRequest = 0;
        }
        else if (Interlocked.Increment(ref _looksWithoutRequest) == LooksUntilIdle)
        {
            Trim();
        }
    }

    // Deadlines come in order, except those of operations that another server turned away first.
    private void NoteDeadline(long deadline)
    {
        _deadlinesAreMixed = _pending.Count > 0 && (_deadlinesAreMixed || deadline < _lastDeadline);
        _lastDeadline = deadline;
    }

    private bool EndOverdue(long now)
    {
        var isOverdue = AbandonOverdue(now);
        if (!isOverdue || !IsSilentAt(now))
        {
            return false;
        }

        // While nobody reads, silence says nothing about the server. The loop is asked to look; the next call decides.
        if (Loop is { } loop && !IsSilentAt(loop.LastLook))
        {
            loop.LookNow();
            return false;
        }

        return IsOpen;
    }

    private bool IsSilentAt(long time) => time - Volatile.Read(ref _silentSince) >= _limits.OperationTimeout.TotalMilliseconds;

    // Tells whether there were any.
    private bool AbandonOverdue(long now)
    {
        lock (_gate)
        {
            var any = false;
            for (var i = 0; i < _pending.Count; i++)
            {
                var operation = _pending[i];
                var use = operation.Use;
                if (operation.Deadline > now)
                {
                    if (_deadlinesAreMixed)
                    {
                        continue;
                    }

                    break;
                }

                any = true;
                if (!operation.IsAbandoned)
                {
                    NoteTimeOut(operation, now);
                    operation.Abandon(use, _owner.TimedOut(operation));
                }
            }

            return any;
        }
    }

    // A process that stood still has timed out by itself. A clock that somebody sets goes by leaps.
    private void NoteTimeOut(Operation operation, long now)
    {
        if (Tally is { } tally && (!_limits.Clock.IsSystem || now - _lastCheck <= Math.Max(_limits.OperationTimeout.TotalMilliseconds / 2, LongestLate)))
        {
            tally.NoteTimeOut(operation.Request.Verb);
        }
    }

    private MemcachedConnectionException Lost(Exception? cause) => new(
        $"The connection to {_owner.Name} was lost: {cause?.Message ?? "the server closed it."} The operation may or may not have been carried out.", cause)
    {
        Server = _owner.Name,
    };
}
