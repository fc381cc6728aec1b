using System.Text;

namespace TypedCache.Protocol;

/// <summary>A reply of text lines, to a command to a server as a whole.</summary>
internal sealed class LinesReply : Reply
{
    /// <summary>How many lines there may be.</summary>
    public const int MaxLines = 250_000;

    /// <summary>
    /// How long they may be together, in bytes: far more than any statistics group has. A server that goes on must not fill the memory.
    /// </summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private List<string> _lines = [];
    private int _count;
    private int _length;
    private bool _isDropped;

    /// <summary>The lines that came, without their ends.</summary>
    public IReadOnlyList<string> Lines => _lines;

    public override void ReceiveLine(ReadOnlySpan<byte> line)
    {
        _count++;
        _length += line.Length;
        if (_count > MaxLines || _length > MaxLength)
        {
            throw new FormatException($"the reply has more than {MaxLines} lines, or more than {MaxLength} bytes");
        }

        if (!_isDropped)
        {
            _lines.Add(Encoding.UTF8.GetString(line));
        }
    }

    public override void Drop()
    {
        _isDropped = true;
        _lines = [];
    }
}
