using System.Text;

namespace TypedCache.Generator.Emission;

/// <summary>Writes indented C# with LF line ends. A block is closed by disposing what <see cref="Block"/> gave.</summary>
internal sealed class SourceWriter
{
    private const int SpacesPerLevel = 4;

    private readonly StringBuilder _text = new();
    private int _level;

    /// <summary>Writes a line; text with several lines is indented line by line. Without text: a blank line.</summary>
    public void Line(string text = "")
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', _level * SpacesPerLevel).Append(line.TrimEnd('\r'));
            }

            _text.Append('\n');
        }
    }

    /// <summary>Writes a header line and <c>{</c>, and indents until the scope is disposed, which writes <c>}</c> and <paramref name="end"/>.</summary>
    public Scope Block(string header, string end = "")
    {
        Line(header);
        Line("{");
        _level++;
        return new Scope(this, "}" + end);
    }

    public override string ToString() => _text.ToString();

    private void Close(string end)
    {
        _level--;
        Line(end);
    }

    internal readonly struct Scope(SourceWriter writer, string end) : IDisposable
    {
        public void Dispose() => writer.Close(end);
    }
}
