using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace TypedCache.Transport;

/// <summary>
/// What a TLS stream stands on: a non-blocking socket. During the handshake it waits, on the connecting thread. Afterwards it never
/// does: reads that find nothing stay pending until <see cref="Pump"/>, and what is written waits in memory for <see cref="TryFlush"/>.
/// </summary>
/// <param name="socket">A connected socket.</param>
internal sealed class TlsTransport(Socket socket) : Stream, IValueTaskSource<int>
{
    private const int SmallestSize = 4 * 1024;
    private const int KeptSize = 64 * 1024;

    // Reading may write too: TLS answers some messages by itself.
    private readonly Lock _gate = new();
    private ConnectDeadline? _handshake;
    private ManualResetValueTaskSourceCore<int> _reading;
    private Memory<byte> _target;
    private bool _isReading;
    private byte[] _unsent = [];
    private int _start;
    private int _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether encrypted bytes wait for room in the socket.</summary>
    public bool HasUnsent => _end > _start;

    /// <summary>Lets reads and writes wait, until the deadline at most.</summary>
    public void BeginHandshake(ConnectDeadline deadline) => _handshake = deadline;

    /// <summary>From here on nothing waits.</summary>
    public void EndHandshake() => _handshake = null;

    /// <summary>Goes on with a read that is pending. Its continuation runs before this returns.</summary>
    /// <exception cref="IOException">The socket is closed or broken.</exception>
    public void Pump()
    {
        if (_isReading && TryReceive(_target.Span) is var count and >= 0)
        {
            _isReading = false;
            _target = default;
            _reading.SetResult(count);
        }
    }

    /// <summary>Sends what waits; tells whether nothing does any more.</summary>
    /// <exception cref="IOException">The socket is closed or broken.</exception>
    public bool TryFlush()
    {
        lock (_gate)
        {
            return SendUnsent();
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = TryReceive(buffer.Span);
        if (count >= 0)
        {
            return new ValueTask<int>(count);
        }

        _reading.Reset();
        _target = buffer;
        _isReading = true;
        return new ValueTask<int>(this, _reading.Version);
    }

    public override int Read(Span<byte> buffer)
    {
        int count;
        while ((count = TryReceive(buffer)) < 0)
        {
            Handshake.Wait(time => socket.Poll(time, SelectMode.SelectRead));
        }

        return count;
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            MakeRoom(bytes.Length);
            bytes.CopyTo(_unsent.AsSpan(_end));
            _end += bytes.Length;
        }

        while (_handshake is not null && !TryFlush())
        {
            Handshake.Wait(time => socket.Poll(time, SelectMode.SelectWrite));
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _reading.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _reading.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _reading.OnCompleted(continuation, state, token, flags);

    private ConnectDeadline Handshake => _handshake ?? throw new InvalidOperationException("Only the handshake may wait.");

    private int TryReceive(Span<byte> buffer)
    {
        var received = socket.Receive(buffer, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return -1;
        }

        SocketFailure.ThrowIfFailed(error);
        return received;
    }

    private bool SendUnsent()
    {
        while (HasUnsent)
        {
            var sent = socket.Send(_unsent.AsSpan(_start, _end - _start), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return false;
            }

            SocketFailure.ThrowIfFailed(error);
            _start += sent;
        }

        (_start, _end) = (0, 0);
        if (_unsent.Length > KeptSize)
        {
            _unsent = [];
        }

        return true;
    }

    private void MakeRoom(int size)
    {
        if (_unsent.Length - _end < size)
        {
            Array.Resize(ref _unsent, Math.Max(Math.Max(2 * _unsent.Length, SmallestSize), _end + size));
        }
    }
}
