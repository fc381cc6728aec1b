using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>A channel without a socket that has as much room, gives as many bytes, and breaks as chance will have it.</summary>
/// <param name="random">The chance.</param>
/// <param name="moments">When it tells what has come about.</param>
/// <param name="released">Called when its resources are given back.</param>
internal sealed class RandomChannel(Random random, RandomMoments moments, Action released) : ByteChannel
{
    private readonly Lock _gate = new();
    private readonly RandomServer _server = new();
    private bool _isClosed;
    private bool _isOver;

    public override int TrySend(ReadOnlySpan<byte> requests, int lastRequest)
    {
        int count;
        lock (_gate)
        {
            if (_isClosed || _isOver)
            {
                throw new IOException("The line is broken.");
            }

            _isOver = random.Next(200) == 0;
            count = random.Next(3) switch
            {
                0 => random.Next(requests.Length + 1),
                1 => Math.Min(requests.Length, random.Next(100)),
                _ => requests.Length,
            };
            _server.Take(requests[..count]);
        }

        Tell();
        return count;
    }

    public override int TryReceive(Span<byte> buffer)
    {
        lock (_gate)
        {
            if (_server.Waiting == 0)
            {
                return _isClosed || _isOver ? 0 : -1;
            }

            if (random.Next(4) == 0)
            {
                // The rest is on its way.
                moments.Later(() => Ready?.Invoke());
                return -1;
            }

            return _server.Give(buffer[..Math.Min(buffer.Length, random.Next(2) == 0 ? random.Next(1, 60) : buffer.Length)]);
        }
    }

    public override void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        Ready?.Invoke();
    }

    protected override void Release() => released();

    private void Tell()
    {
        bool atOnce;
        lock (_gate)
        {
            atOnce = random.Next(2) == 0;
        }

        if (atOnce)
        {
            Ready?.Invoke();
        }
        else
        {
            moments.Later(() => Ready?.Invoke());
        }
    }
}
