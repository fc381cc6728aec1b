using TypedCache.Transport;

namespace TypedCache.Tests.Pool.Returning;

/// <summary>A connection to a <see cref="ReturningServer"/>.</summary>
internal sealed class ReturningChannel : ByteChannel
{
    private readonly ReturningServer _server;
    private readonly ByteChannel _inner;
    private volatile bool _isLost;

    public ReturningChannel(ReturningServer server, ByteChannel inner)
    {
        _server = server;
        _inner = inner;
        inner.Ready = () => Ready?.Invoke();
    }

    public override int TrySend(ReadOnlySpan<byte> requests, int lastRequest)
    {
        _server.Sending?.Invoke();
        switch (_server.TakeFault())
        {
            case Fault.LostBefore:
                Lose();
                break;
            case Fault.LostAfter:
                _inner.TrySend(requests, lastRequest);
                Lose();
                break;
        }

        ThrowIfLost();
        return _inner.TrySend(requests, lastRequest);
    }

    public override int TryReceive(Span<byte> buffer)
    {
        ThrowIfLost();
        return _server.IsSilent ? -1 : _inner.TryReceive(buffer);
    }

    /// <summary>Breaks: what has not been received never will be.</summary>
    public void Lose()
    {
        _isLost = true;
        _inner.Close();
    }

    public override void Close()
    {
        _isLost = true;
        _inner.Close();
    }

    private void ThrowIfLost()
    {
        if (_isLost)
        {
            throw new IOException("The connection is lost.");
        }
    }
}
