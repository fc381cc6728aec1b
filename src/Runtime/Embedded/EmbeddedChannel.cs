using TypedCache.Transport;

namespace TypedCache.Embedded;

/// <summary>
/// A connection to an <see cref="EmbeddedServer"/> in this process, without a socket and without a thread of its
/// own: the commands run on the thread that sends.
/// </summary>
/// <remarks>
/// Replies wait in memory for <see cref="TryReceive"/>. While about 1 MiB of them is waiting, <see cref="TrySend"/> runs no further
/// command, like a socket whose reader has stopped. When the server closes the connection, what it has already answered can still
/// be received; then comes 0.
/// </remarks>
internal sealed class EmbeddedChannel : ByteChannel, IEmbeddedConnection
{
    private readonly EmbeddedServer _server;
    private readonly EmbeddedSession _session;
    private readonly Lock _gate = new();
    private readonly ReplyBuffer _fresh = new();
    private readonly ReplyBuffer _waiting = new();
    private readonly Queue<HeldReply> _held = [];
    private volatile bool _closed;
    private volatile bool _hungUp;
    private volatile bool _hasUnread;
    private volatile bool _isServing;

    public EmbeddedChannel(EmbeddedServer server, EmbeddedSession session)
    {
        _server = server;
        _session = session;
    }

    /// <summary>
    /// Whether commands are being carried out, or replies have not been taken; until the client has found that no more are there, it may not
    /// have read the last. Once the server has hung up: until the client has closed its side.
    /// </summary>
    public bool IsBusy => _isServing || _hasUnread || _hungUp;

    public bool IsHangingUp => _hungUp;

    /// <inheritdoc/>
    public override int TrySend(ReadOnlySpan<byte> requests, int lastRequest)
    {
        ThrowIfUnusable();
        var total = 0;
        _isServing = true;
        try
        {
            while (total < requests.Length && HasRoom())
            {
                total += _session.Process(requests[total..], _fresh);
                Deliver();
            }
        }
        finally
        {
            _isServing = false;
        }

        return total;
    }

    /// <inheritdoc/>
    public override int TryReceive(Span<byte> buffer)
    {
        int count;
        lock (_gate)
        {
            ThrowIfClosed();
            count = _waiting.Length == 0 && !_hungUp ? -1 : _waiting.Read(buffer);
            _hasUnread &= count > 0;
        }

        return count;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        _closed = true;
        End();
        _server.Forget(this);
    }

    public void HangUp()
    {
        _hungUp = true;
        End();
    }

    private void End()
    {
        lock (_gate)
        {
            _held.Clear();
        }

        _session.Dispose();
        Ready?.Invoke();
    }

    private bool HasRoom()
    {
        lock (_gate)
        {
            return _waiting.HasRoom;
        }
    }

    private void Deliver()
    {
        if (_fresh.Length > 0)
        {
            lock (_gate)
            {
                // What follows a reply that is held back waits with it.
                if (_held.Count == 0)
                {
                    Send(_fresh.Written.Span);
                }
                else
                {
                    _held.Enqueue(new HeldReply(_fresh.Written.ToArray(), Task.CompletedTask));
                }
            }

            _fresh.Clear();
            Ready?.Invoke();
        }

        if (_session.TakeHeld() is { } held)
        {
            Hold(held);
        }

        HangUpIfClosed();
    }

    private void Hold(EmbeddedExchange exchange)
    {
        lock (_gate)
        {
            _held.Enqueue(new HeldReply(exchange.Reply, exchange.Until));
        }

        // On the thread that ends the task: whoever sets a clock finds the replies sent afterwards.
        exchange.Until.ContinueWith(
            static (_, channel) => ((EmbeddedChannel)channel!).SendHeld(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void SendHeld()
    {
        lock (_gate)
        {
            while (_held.TryPeek(out var next) && next.Until.IsCompleted)
            {
                _held.Dequeue();
                Send(next.Reply.Span);
            }
        }

        Ready?.Invoke();
        HangUpIfClosed();
    }

    // Under the gate.
    private void Send(ReadOnlySpan<byte> reply)
    {
        _waiting.Write(reply);
        _hasUnread = true;
    }

    private void HangUpIfClosed()
    {
        if (_session.Closed && !_hungUp && !HasHeld())
        {
            HangUp();
        }
    }

    private bool HasHeld()
    {
        lock (_gate)
        {
            return _held.Count > 0;
        }
    }

    private void ThrowIfUnusable()
    {
        ThrowIfClosed();
        if (_hungUp)
        {
            throw new IOException($"The embedded server '{_server.Name}' has closed the connection.");
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new IOException($"The connection to the embedded server '{_server.Name}' is closed.");
        }
    }

    private readonly record struct HeldReply(ReadOnlyMemory<byte> Reply, Task Until);
}
