using System.Text;

namespace TypedCache.Protocol;

/// <summary>A reply of text lines, to a command to a server as a whole.</summary>
internal sealed class LinesReply : Reply
{
    // Far more than any statistics group has; a server that goes on must not fill the memory.
    private const int MaxLines = 1_000_000;

    private readonly List<string> _lines = [];

    /// <summary>The lines that came, without their ends.</summary>
    public IReadOnlyList<string> Lines => _lines;

    public override void ReceiveLine(ReadOnlySpan<byte> line)
    {
        if (_lines.Count == MaxLines)
        {
            throw new FormatException($"the reply has more than {MaxLines} lines");
        }

        _lines.Add(Encoding.UTF8.GetString(line));
    }
}
