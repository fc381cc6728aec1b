using TypedCache.Transport;

namespace TypedCache.Embedded;

/// <summary>
/// A connection to an <see cref="EmbeddedServer"/> in this process, without a socket and without a thread of its
/// own: the commands run on the thread that sends.
/// </summary>
/// <remarks>
/// Replies wait in memory for <see cref="Receive"/>. While about 1 MiB of them waits, <see cref="SendAsync"/> runs
/// no further command and completes only when they were received, as a socket whose reader has stopped would do.
/// When the server hangs up, what it had already answered can still be received; then comes 0.
/// </remarks>
internal sealed class EmbeddedChannel : ByteChannel, IEmbeddedConnection
{
    private readonly EmbeddedServer _server;
    private readonly EmbeddedSession _session;
    private readonly object _gate = new();
    private readonly ReplyBuffer _fresh = new();
    private readonly ReplyBuffer _waiting = new();
    private TaskCompletionSource? _room;
    private volatile bool _closed;
    private volatile bool _hungUp;

    public EmbeddedChannel(EmbeddedServer server, EmbeddedSession session)
    {
        _server = server;
        _session = session;
    }

    /// <inheritdoc/>
    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var rest = Run(bytes);
        return rest.IsEmpty ? ValueTask.CompletedTask : RunWithPausesAsync(rest);
    }

    /// <inheritdoc/>
    public override int Receive(Span<byte> buffer)
    {
        TaskCompletionSource? room = null;
        int count;
        lock (_gate)
        {
            while (_waiting.Length == 0 && !_closed && !_hungUp && !buffer.IsEmpty)
            {
                Monitor.Wait(_gate);
            }

            ThrowIfClosed();
            count = _waiting.Read(buffer);
            if (_waiting.HasRoom)
            {
                (room, _room) = (_room, null);
            }
        }

        room?.TrySetResult();
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
        TaskCompletionSource? room;
        lock (_gate)
        {
            (room, _room) = (_room, null);
            Monitor.PulseAll(_gate);
        }

        room?.TrySetResult();
        _session.Dispose();
        _server.Forget(this);
    }

    // Gives what could not be run for want of room.
    private ReadOnlyMemory<byte> Run(ReadOnlyMemory<byte> bytes)
    {
        ThrowIfUnusable();
        while (!bytes.IsEmpty && HasRoom())
        {
            bytes = bytes[_session.Process(bytes.Span, _fresh)..];
            Deliver();
        }

        return bytes;
    }

    private async ValueTask RunWithPausesAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            await WhenRoom().ConfigureAwait(false);
            bytes = Run(bytes);
        }
    }

    private bool HasRoom()
    {
        lock (_gate)
        {
            return _waiting.HasRoom;
        }
    }

    private Task WhenRoom()
    {
        lock (_gate)
        {
            if (_waiting.HasRoom || _closed || _hungUp)
            {
                return Task.CompletedTask;
            }

            // The receiver's thread must not run what the sender does next.
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    private void Deliver()
    {
        if (_fresh.Length > 0)
        {
            lock (_gate)
            {
                _waiting.Write(_fresh.Written.Span);
                Monitor.Pulse(_gate);
            }

            _fresh.Clear();
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
