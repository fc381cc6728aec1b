using TypedCache.Transport;

namespace TypedCache.Tests.Fuzz;

/// <summary>A channel which delivers given bytes, in pieces of random length or as one, and then ends.</summary>
/// <param name="bytes">What comes in.</param>
/// <param name="random">The lengths of the pieces; null: as much as the receiver takes.</param>
internal sealed class PiecesChannel(ReadOnlyMemory<byte> bytes, Random? random) : ByteChannel
{
    private ReadOnlyMemory<byte> _left = bytes;

    public override int TrySend(ReadOnlySpan<byte> requests, int lastRequest) => requests.Length;

    public override int TryReceive(Span<byte> buffer)
    {
        var wanted = random is null ? _left.Length : random.Next(4) == 0 ? 1 : random.Next(1, 60);
        if (_left.Length > 10_000)
        {
            wanted = _left.Length / 3;
        }

        var count = Math.Min(Math.Min(wanted, _left.Length), buffer.Length);
        _left.Span[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }

    public override void Close()
    {
    }
}
