using System.Diagnostics;
using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>
/// One open channel to a server, shared by all callers: their requests are gathered and sent together, and one reader thread
/// hands the replies out in the order of the requests. It lives until its channel breaks and is then replaced.
/// </summary>
internal sealed class ServerConnection
{
    private const int ReceiveBufferSize = 64 * 1024;
    private const int WindowSize = 64;

    // A batch holds sends back to save calls into the kernel; beyond this size there is nothing left to save.
    private const int MaxHeldBack = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly ByteChannel _channel;
    private readonly ReplyReader _replies;
    private readonly ReplyDispatcher _dispatcher = new();
    private readonly IConnectionOwner _owner;
    private readonly ConnectionLimits _limits;
    private readonly PendingQueue _pending = new();

    private SendBuffer _gathering = new();
    private SendBuffer _sending = new();
    private int _gatheredOperations;
    private bool _senderBusy;
    private Func<Exception>? _failure;

    // What follows belongs to the reader's role.
    private readonly byte[] _received = new byte[ReceiveBufferSize];
    private readonly List<Operation> _unfinished = [];
    private readonly Operation[] _window = new Operation[WindowSize];
    private int _start;
    private int _end;
    private int _windowCount;
    private int _windowIndex;
    private int _answered;
    private Memory<byte> _payload;
    private bool _inPayload;
    private bool _nobodyElseWaits;

    private long _lastReceived = Environment.TickCount64;

    public ServerConnection(ByteChannel channel, IConnectionOwner owner, ConnectionLimits limits)
    {
        _channel = channel;
        _owner = owner;
        _limits = limits;
        _replies = new ReplyReader(owner.Name, limits.MaxValueLength);
    }

    /// <summary>How operations on one key are written and answered. Set once, before the first of them.</summary>
    public WireProtocol Protocol
    {
        get => _replies.Protocol;
        set => _replies.Protocol = value;
    }

    /// <summary>Whether operations can still be queued.</summary>
    public bool IsOpen => Volatile.Read(ref _failure) is null;

    /// <summary>Whether the reader is done: the owner has heard, or is about to hear, of the end.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether operations wait for their replies, or callers for their continuation.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count > 0 || _dispatcher.IsBusy;
            }
        }
    }

    /// <summary>Starts to read replies on a thread of its own.</summary>
    public void Start() => StartReader(role: 0);

    /// <summary>Reads replies on the calling thread, in place of <see cref="Start"/>, until the channel ends.</summary>
    public void ReadToEnd() => Read(role: 0);

    /// <summary>Queues an operation. Its bytes are on their way when this returns, or when the thread's <see cref="SendBatch"/> ends.</summary>
    public SendOutcome TrySend(Operation operation)
    {
        var batch = SendBatch.Current;
        bool sends;
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

            _gathering.Append(operation, Protocol);
            _pending.Enqueue(operation);
            _gatheredOperations++;
            if (_senderBusy)
            {
                return SendOutcome.Queued;
            }

            sends = batch is null || _gathering.Length >= MaxHeldBack;
            _senderBusy = sends;
        }

        if (sends)
        {
            SendGathered();
        }
        else
        {
            batch!.Touch(this);
        }

        return SendOutcome.Queued;
    }

    /// <summary>Sends what has gathered, unless somebody is sending.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_senderBusy || _gathering.Length == 0)
            {
                return;
            }

            _senderBusy = true;
        }

        SendGathered();
    }

    /// <summary>
    /// Looks after the connection from time to time: ends the waiting of callers whose time is over, sends what a blocked thread
    /// held back, and replaces a reader which a caller's continuation blocks.
    /// </summary>
    public void Check(long now)
    {
        Flush();
        _dispatcher.PassBlockedWorkOn();
        if (_dispatcher.TryTakeOver(out var role))
        {
            StartReader(role);
        }

        if (EndOverdue(now))
        {
            Close(() => new MemcachedTimeoutException(
                $"{_owner.Name} has not sent a byte for {_limits.OperationTimeout.TotalMilliseconds:0} ms while replies were due; it is treated as failed.")
            {
                Server = _owner.Name,
            });
        }
    }

    /// <summary>Closes the channel; the reader then fails what is pending.</summary>
    /// <param name="failure">Makes the exception, one for each operation.</param>
    public void Close(Func<Exception> failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
        }

        _channel.Close();
    }

    // Whoever finds the sender idle sends for all, until nothing more has gathered.
    private void SendGathered()
    {
        while (TakeGathered())
        {
            var send = SendAsync(_sending);
            if (!send.IsCompleted)
            {
                _ = FinishSendingAsync(send);
                return;
            }
        }
    }

    private async Task FinishSendingAsync(ValueTask send)
    {
        await send.ConfigureAwait(false);
        SendGathered();
    }

    // Does not throw: what has come in may still answer some of the callers, and the reader ends the rest when it meets the end.
    private async ValueTask SendAsync(SendBuffer requests)
    {
        try
        {
            await _channel.SendAsync(requests.Written, requests.LastRequest).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            CloseAsLost(exception);
        }
    }

    private bool TakeGathered()
    {
        lock (_gate)
        {
            _sending.Clear();
            if (_gathering.Length == 0 || _failure is not null)
            {
                _senderBusy = false;
                return false;
            }

            (_gathering, _sending) = (_sending, _gathering);
            _gatheredOperations = 0;
            return true;
        }
    }

    private bool EndOverdue(long now)
    {
        var silent = now - Volatile.Read(ref _lastReceived) >= _limits.OperationTimeout.TotalMilliseconds;
        lock (_gate)
        {
            var any = false;
            for (var i = 0; i < _pending.Count; i++)
            {
                var operation = _pending[i];
                var ticket = operation.Ticket;
                if (operation.Deadline > now)
                {
                    break;
                }

                any = true;
                if (!operation.IsAbandoned)
                {
                    operation.Abandon(ticket, _owner.TimedOut(operation));
                }
            }

            return any && silent && _failure is null;
        }
    }

    private void CloseAsLost(Exception? cause) => Close(() => Lost(cause));

    private void CloseAsMismatched(MemcachedProtocolException cause) =>
        Close(() => new MemcachedProtocolException(cause.Message, cause) { Server = _owner.Name });

    private MemcachedConnectionException Lost(Exception? cause) => new(
        $"The connection to {_owner.Name} was lost: {cause?.Message ?? "the server closed it."} The operation may or may not have been carried out.", cause)
    {
        Server = _owner.Name,
    };

    private void StartReader(int role) =>
        new Thread(() => Read(role)) { IsBackground = true, Name = $"memcached {_owner.Name}" }.Start();

    private void Read(int role)
    {
        var open = true;
        while (_dispatcher.CompleteAll(role, _nobodyElseWaits))
        {
            if (!open)
            {
                End();
                return;
            }

            open = TryReadReplies();
        }
    }

    // False when the channel has ended; what was read before is still to be completed.
    private bool TryReadReplies()
    {
        try
        {
            if (ReceiveMore())
            {
                ReadReplies();
                return true;
            }

            CloseAsLost(null);
        }
        catch (MemcachedProtocolException exception)
        {
            CloseAsMismatched(exception);
        }
        catch (Exception exception)
        {
            // Whatever it is, even memory which ran out: it ends this connection and not the process.
            CloseAsLost(exception);
        }

        return false;
    }

    private bool ReceiveMore()
    {
        int count;
        if (_inPayload && _payload.Length >= ReceiveBufferSize)
        {
            count = _channel.Receive(_payload.Span);
            _payload = _payload[count..];
        }
        else
        {
            MakeRoom();
            count = _channel.Receive(_received.AsSpan(_end));
            _end += count;
        }

        Volatile.Write(ref _lastReceived, Environment.TickCount64);
        return count > 0;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_received.Length - _end < ReceiveBufferSize / 4)
        {
            _received.AsSpan(_start, _end - _start).CopyTo(_received);
            _end -= _start;
            _start = 0;
        }
    }

    private void ReadReplies()
    {
        try
        {
            while (_start < _end && ReadStep())
            {
            }
        }
        finally
        {
            RemoveAnswered();
            Continue();
        }
    }

    // False when more bytes are needed.
    private bool ReadStep()
    {
        var input = _received.AsSpan(_start, _end - _start);
        var operation = Current() ?? throw new MemcachedProtocolException(
            $"{_owner.Name} sent a reply although none was due: '{System.Text.Encoding.Latin1.GetString(input[..Math.Min(input.Length, 40)])}'. The connection is closed.");
        if (_inPayload)
        {
            return ReadPayload(operation, input);
        }

        var step = _replies.ReadLine(operation, input, out var consumed, out var payload);
        _start += consumed;
        if (step == ReplyStep.Payload)
        {
            _payload = payload;
            _inPayload = true;
        }
        else
        {
            TakeStep(operation, step);
        }

        return step != ReplyStep.NeedMore;
    }

    private bool ReadPayload(Operation operation, ReadOnlySpan<byte> input)
    {
        var count = Math.Min(_payload.Length, input.Length);
        input[..count].CopyTo(_payload.Span);
        _payload = _payload[count..];
        _start += count;
        input = input[count..];
        if (_payload.Length > 0 || input.Length < 2)
        {
            return false;
        }

        if (input[0] != '\r' || input[1] != '\n')
        {
            throw _replies.Mismatch(operation, input, "the value is longer than its header says");
        }

        _start += 2;
        _inPayload = false;
        TakeStep(operation, _replies.AfterPayload(operation));
        return true;
    }

    private void TakeStep(Operation operation, ReplyStep step)
    {
        if (step == ReplyStep.Done)
        {
            Finish(operation);
            _dispatcher.Add(operation);
        }
        else if (step == ReplyStep.Again)
        {
            Finish(operation);
            _unfinished.Add(operation);
        }
    }

    private Operation? Current()
    {
        if (_windowIndex == _windowCount)
        {
            _windowIndex = 0;
            lock (_gate)
            {
                _windowCount = _pending.Peek(_answered, _window);
            }
        }

        return _windowIndex < _windowCount ? _window[_windowIndex] : null;
    }

    private void Finish(Operation operation)
    {
        Debug.Assert(operation == _window[_windowIndex], "replies come in the order of the requests");
        _windowIndex++;
        _answered++;
    }

    // Before their callers continue: they may use the same objects for their next requests.
    private void RemoveAnswered()
    {
        if (_answered == 0)
        {
            return;
        }

        lock (_gate)
        {
            _pending.Remove(_answered);
            _nobodyElseWaits = _pending.Count == 0;
        }

        _answered = 0;
        _windowCount = 0;
        _windowIndex = 0;
    }

    // Sends the next requests of operations which take several.
    private void Continue()
    {
        if (_unfinished.Count == 0)
        {
            return;
        }

        var sends = SendBatch.Begin();
        foreach (var operation in _unfinished)
        {
            operation.Router!.Continue(operation);
        }

        _unfinished.Clear();
        sends.End();
    }

    // Fails what is pending; what no byte of has been sent goes back to the owner.
    private void End()
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

            _pending.Remove(_pending.Count);
            HasEnded = true;
        }

        _owner.Closed(this, failure(), unsent);
        foreach (var operation in lost)
        {
            operation.Fail(failure());
        }
    }
}
