using System.Collections.Concurrent;
using System.Text;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>A channel whose other side is the test: each piece which it delivers arrives as one receive.
/// The questions of the handshake are answered already.</summary>
internal sealed class ScriptedChannel : ByteChannel
{
    private readonly BlockingCollection<byte[]> _pieces = [];
    private readonly StringBuilder _sent = new();
    private ReadOnlyMemory<byte> _rest;

    /// <summary>All bytes which were sent so far, each as one char.</summary>
    public string Sent
    {
        get
        {
            lock (_sent)
            {
                return _sent.ToString();
            }
        }
    }

    /// <summary>Whether sends fail, as on a connection which the other side has reset.</summary>
    public bool RefusesSends { get; set; }

    public void Deliver(string piece) => _pieces.Add(Encoding.Latin1.GetBytes(piece));

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (RefusesSends)
        {
            throw new IOException("The connection was reset.");
        }

        lock (_sent)
        {
            _sent.Append(Encoding.Latin1.GetString(bytes.Span));
        }

        if (bytes.Span.SequenceEqual("version\r\n"u8))
        {
            Deliver("VERSION 1.6.18\r\n");
        }
        else if (bytes.Span.SequenceEqual("mn\r\n"u8))
        {
            Deliver("MN\r\n");
        }

        return ValueTask.CompletedTask;
    }

    public override int Receive(Span<byte> buffer)
    {
        if (_rest.IsEmpty)
        {
            try
            {
                _rest = _pieces.Take();
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override void Close() => _pieces.CompleteAdding();
}
