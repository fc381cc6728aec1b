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
        switch (operation)
        {
            case BatchReadOperation batch:
                Append("get"u8);
                Append(batch.KeyList);
                Append("\r\n"u8);
                break;
            case HandshakeOperation handshake:
                Append(handshake.Request);
                break;
            default:
                AppendLine(operation, protocol);
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

    private void AppendLine(Operation operation, WireProtocol protocol)
    {
        var writer = new RequestWriter(Reserve(RequestWriter.MaxLength));
        if (operation is LinesOperation lines)
        {
            ServerCommand.Write(lines, ref writer);
        }
        else
        {
            protocol.WriteLine(operation, ref writer);
        }

        Length += writer.Length;
        if (WireProtocol.HasPayload(operation.Verb))
        {
            Append(operation.Payload.WrittenSpan);
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
