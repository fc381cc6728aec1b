using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TypedCache.Generator.Emission;

/// <summary>Writes indented C# with LF line ends. A block is closed by disposing what <see cref="Block(string, string)"/> gave.</summary>
internal sealed class SourceWriter
{
    private const int SpacesPerLevel = 4;

    // Most clients with ten methods fit.
    private const int UsualLength = 1 << 14;

    private readonly StringBuilder _text = new(UsualLength);
    private int _level;
    private bool _isInLine;

    /// <summary>Writes a line; text with several lines is indented line by line. Without text: a blank line.</summary>
    public void Line(string text = "")
    {
        Append(text);
        EndLine();
    }

    /// <summary>Writes a line from its pieces, of which none is copied on the way.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] ref Pieces pieces) => EndLine();

    /// <summary>Writes a header line and <c>{</c>, and indents until the scope is disposed, which writes <c>}</c> and <paramref name="end"/>.</summary>
    public Scope Block(string header, string end = "")
    {
        Line(header);
        return Open(end);
    }

    /// <inheritdoc cref="Block(string, string)"/>
    public Scope Block([InterpolatedStringHandlerArgument("")] ref Pieces header, string end = "")
    {
        EndLine();
        return Open(end);
    }

    public override string ToString() => _text.ToString();

    private Scope Open(string end)
    {
        Line("{");
        _level++;
        return new Scope(this, "}" + end);
    }

    private void Close(string end)
    {
        _level--;
        Line(end);
    }

    private void Append(string text)
    {
        var start = 0;
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', start))
        {
            AppendWithinLine(text, start, end > start && text[end - 1] == '\r' ? end - 1 : end);
            EndLine();
            start = end + 1;
        }

        AppendWithinLine(text, start, text.Length);
    }

    private void AppendWithinLine(string text, int start, int end)
    {
        if (start == end)
        {
            return;
        }

        if (!_isInLine)
        {
            _text.Append(' ', _level * SpacesPerLevel);
            _isInLine = true;
        }

        _text.Append(text, start, end - start);
    }

    private void EndLine()
    {
        _text.Append('\n');
        _isInLine = false;
    }

    internal readonly struct Scope(SourceWriter writer, string end) : IDisposable
    {
        public void Dispose() => writer.Close(end);
    }

    /// <summary>An interpolated string that is written while it is put together. Nothing in it may write to the same writer.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Pieces
    {
        private readonly SourceWriter _writer;

        /// <summary>Called by the compiler, as all that is here.</summary>
        public Pieces(int literalLength, int formattedCount, SourceWriter writer) => _writer = writer;

        public void AppendLiteral(string text) => _writer.Append(text);

        public void AppendFormatted(string? text) => _writer.Append(text ?? "");

        public void AppendFormatted(int number) => _writer.Append(number.ToString(CultureInfo.InvariantCulture));
    }
}
