using System.Text;

namespace TypedCache.Pool;

/// <summary>
/// Reads the settings behind the servers of a connection string: <c>name=value</c>, separated by semicolons. A value may stand in single
/// or double quotes; a backslash there takes the next character as it is.
/// </summary>
/// <remarks>
/// What follows a password without quotes may be the rest of the password. From there on, messages show nothing of the text.
/// </remarks>
internal sealed class SettingTextReader(string text, int start)
{
    private int _position = start;

    /// <summary>Whether messages may show what is read now.</summary>
    public bool MayShow { get; private set; } = true;

    /// <summary>Reads the next setting; null at the end.</summary>
    /// <exception cref="ArgumentException">It is malformed.</exception>
    public SettingText? Read()
    {
        SkipEmpty();
        if (_position >= text.Length)
        {
            return null;
        }

        var name = ReadName();
        SkipBlanks();
        var isQuoted = _position < text.Length && text[_position] is '"' or '\'';
        var value = isQuoted ? ReadQuoted(name) : ReadPlain();
        return new SettingText(name, value, isQuoted);
    }

    /// <summary>From here on, messages may not show what is read.</summary>
    public void Conceal() => MayShow = false;

    private string ReadName()
    {
        var end = text.AsSpan(_position).IndexOfAny('=', ';');
        if (end < 0 || text[_position + end] == ';')
        {
            var part = (end < 0 ? text[_position..] : text.Substring(_position, end)).Trim();
            throw ConnectionStringMistakes.NoValue(MayShow ? part : null);
        }

        var name = text.Substring(_position, end).TrimEnd();
        _position += end + 1;
        return name;
    }

    private string ReadPlain()
    {
        var semicolon = text.IndexOf(';', _position);
        var end = semicolon < 0 ? text.Length : semicolon;
        var value = text[_position..end].TrimEnd();
        _position = end;
        return value;
    }

    private string ReadQuoted(string name)
    {
        var quote = text[_position++];
        var value = new StringBuilder();
        for (; _position < text.Length && text[_position] != quote; _position++)
        {
            if (text[_position] == '\\' && _position + 1 < text.Length)
            {
                _position++;
            }

            value.Append(text[_position]);
        }

        if (_position >= text.Length)
        {
            throw ConnectionStringMistakes.Unclosed(MayShow ? name : null, quote);
        }

        _position++;
        SkipBlanks();
        return _position >= text.Length || text[_position] == ';'
            ? value.ToString()
            : throw ConnectionStringMistakes.BehindQuote(MayShow ? name : null, quote);
    }

    private void SkipEmpty()
    {
        while (_position < text.Length && (text[_position] == ';' || char.IsWhiteSpace(text[_position])))
        {
            _position++;
        }
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }
}
