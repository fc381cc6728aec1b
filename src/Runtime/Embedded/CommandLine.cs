using System.Runtime.CompilerServices;

namespace TypedCache.Embedded;

/// <summary>The words of a command line, as memcached's tokenize_command finds them: split at spaces only, at most 23.</summary>
internal ref struct CommandLine
{
    /// <summary>More words than this are not split; only get commands take more, see <see cref="WordsFrom"/>.</summary>
    public const int MaxWords = 23;

    private readonly ReadOnlySpan<byte> _line;
    private WordBounds _bounds;

    public CommandLine(ReadOnlySpan<byte> line)
    {
        _line = line;
        var words = new WordReader(line);
        while (Count < MaxWords && words.MoveNext())
        {
            _bounds[Count++] = words.Bounds;
        }
    }

    public int Count { get; private set; }

    /// <summary>The last word that was split off.</summary>
    public readonly ReadOnlySpan<byte> Last => this[Count - 1];

    /// <summary>Whether the reply is not wanted: the last word is <c>noreply</c>.</summary>
    public readonly bool NoReply => Last.SequenceEqual("noreply"u8);

    public readonly ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var (start, length) = _bounds[index];
            return _line.Slice(start, length);
        }
    }

    /// <summary>All words from this one to the end of the line, however many there are.</summary>
    public readonly WordReader WordsFrom(int index) => new(index < Count ? _line[_bounds[index].Start..] : []);

    [InlineArray(MaxWords)]
    private struct WordBounds
    {
        private (int Start, int Length) _first;
    }
}
