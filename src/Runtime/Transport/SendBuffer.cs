using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>The requests that callers have gathered for one send.</summary>
internal sealed class SendBuffer
{
    private const int SmallestSize = 4 * 1024;

    // What a burst or a large value has needed beyond this is given up afterwards.
    private const int KeptSize = 64 * 1024;

    private byte[] _bytes = [];
    private int _consumed;
    private int _lastRequest;

    public int Length { get; private set; }

    /// <summary>How many bytes it has memory for.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>How many bytes have not been sent.</summary>
    public int Unsent => Length - _consumed;

    /// <summary>Where the last request begins in <see cref="Written"/>.</summary>
    public int LastRequest => Math.Max(_lastRequest - _consumed, 0);

    /// <summary>What has been written and not sent.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(_consumed, Unsent);

    /// <summary>Writes an operation's request behind the others: all of it, or, where memory runs out, nothing.</summary>
    public void Append(Operation operation, WireProtocol protocol)
    {
        var request = operation.Request;
        var payload = WireProtocol.HasPayload(request.Verb) ? request.Payload.WrittenSpan : default;
        var target = Reserve(LineRoom(request) + payload.Length + LineEnd.Length);
        var length = WriteLine(request, operation.Reply, protocol, target);
        if (WireProtocol.HasPayload(request.Verb))
        {
            payload.CopyTo(target[length..]);
            LineEnd.CopyTo(target[(length + payload.Length)..]);
            length += payload.Length + LineEnd.Length;
        }

        _lastRequest = Length;
        Length += length;
    }

    /// <summary>The first bytes have been sent.</summary>
    public void Consume(int count) => _consumed += count;

    public void Clear()
    {
        Length = 0;
        _consumed = 0;
        _lastRequest = 0;
        if (_bytes.Length > KeptSize)
        {
            _bytes = [];
        }
    }

    /// <summary>Gives up all memory but what a few short requests need, where nothing is written.</summary>
    public void Trim()
    {
        if (Length == 0 && _bytes.Length > SmallestSize)
        {
            _bytes = [];
        }
    }

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    private static int LineRoom(Request request) => request.Verb switch
    {
        Verb.GetBatch => request.Keys!.Text.Length + RequestWriter.MaxLength,
        Verb.GetNearBatch or Verb.GetOrLeaseBatch => request.Keys!.Text.Length + (request.Keys.Count * MetaRequest.MaxLengthInBatch) + RequestWriter.MaxLength,
        Verb.Handshake or Verb.Replay => request.Payload.Length,
        _ => RequestWriter.MaxLength,
    };

    private static int WriteLine(Request request, Reply reply, WireProtocol protocol, Span<byte> target)
    {
        var writer = new RequestWriter(target);
        switch (request.Verb)
        {
            case Verb.GetBatch:
                writer.Write(request.WantsCas ? "gets"u8 : "get"u8);
                writer.Write(request.Keys!.Text);
                writer.EndLine();
                break;
            case Verb.Handshake or Verb.Replay:
                writer.Write(request.Payload.WrittenSpan);
                break;
            case Verb.Version or Verb.Stats or Verb.Flush:
                ServerCommand.Write(request, ref writer);
                break;
            default:
                protocol.WriteLine(request, reply, ref writer);
                break;
        }

        return writer.Length;
    }

    // Room for so many bytes behind what is written.
    private Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            var wanted = Math.Max(Math.Max(2L * _bytes.Length, SmallestSize), (long)Length + size);
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, wanted));
        }

        return _bytes.AsSpan(Length, size);
    }
}
