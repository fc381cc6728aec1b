using System.Text;

namespace TypedCache.Protocol;

/// <summary>The line that answered a question of the handshake, whatever it is.</summary>
internal sealed class HandshakeReply : Reply
{
    /// <summary>The line, without its end.</summary>
    public string Line { get; private set; } = "";

    public override void ReceiveLine(ReadOnlySpan<byte> line) => Line = Encoding.Latin1.GetString(line);
}
