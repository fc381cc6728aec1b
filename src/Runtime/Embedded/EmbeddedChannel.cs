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
    private volatile bool _closed;
    private volatile bool _hungUp;

    public EmbeddedChannel(EmbeddedServer server, EmbeddedSession session)
    {
        _server = server;
        _session = session;
    }

    /// <inheritdoc/>
    public override int TrySend(ReadOnlySpan<byte> requests, int lastRequest)
    {
        ThrowIfUnusable();
        var total = 0;
        while (total < requests.Length && HasRoom())
        {
            total += _session.Process(requests[total..], _fresh);
            Deliver();
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
        }

        return count;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        _closed = true;
        End();
    }

    public void HangUp()
    {
        _hungUp = true;
        End();
    }

    private void End()
    {
        _session.Dispose();
        _server.Forget(this);
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
                _waiting.Write(_fresh.Written.Span);
            }

            _fresh.Clear();
            Ready?.Invoke();
        }

        if (_session.Closed)
        {
            HangUp();
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
}
