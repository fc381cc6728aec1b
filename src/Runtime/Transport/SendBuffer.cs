using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>The requests which callers have gathered for one send.</summary>
internal sealed class SendBuffer
{
    private const int InitialSize = 16 * 1024;

    // A buffer which one burst has made larger than this is given up afterwards.
    private const int KeptSize = 1024 * 1024;

    private byte[] _bytes = new byte[InitialSize];

    public int Length { get; private set; }

    /// <summary>Where the last request begins.</summary>
    public int LastRequest { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Writes an operation's request behind the others.</summary>
    public void Append(Operation operation, WireProtocol protocol)
    {
        LastRequest = Length;
        var request = operation.Request;
        switch (request.Verb)
        {
            case Verb.GetBatch:
                Append("get"u8);
                Append(request.Keys!.Text);
                Append("\r\n"u8);
                break;
            case Verb.Handshake:
                Append(request.Payload.WrittenSpan);
                break;
            default:
                AppendLine(request, operation.Reply, protocol);
                break;
        }
    }

    public void Clear()
    {
        Length = 0;
        LastRequest = 0;
        if (_bytes.Length > KeptSize)
        {
            _bytes = new byte[InitialSize];
        }
    }

    private void AppendLine(Request request, Reply reply, WireProtocol protocol)
    {
        var writer = new RequestWriter(Reserve(RequestWriter.MaxLength));
        if (WireProtocol.IsServerCommand(request.Verb))
        {
            ServerCommand.Write(request, ref writer);
        }
        else
        {
            protocol.WriteLine(request, reply, ref writer);
        }

        Length += writer.Length;
        if (WireProtocol.HasPayload(request.Verb))
        {
            Append(request.Payload.WrittenSpan);
            Append("\r\n"u8);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    // Room for at least so many bytes behind what is written.
    private Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, (long)Length + size)));
        }

        return _bytes.AsSpan(Length);
    }
}
