using System.Text;

namespace TypedCache.Tests.Architecture;

/// <summary>C# text of which comments and the text of strings and characters are made blank. What interpolated strings hold in braces stays.</summary>
internal sealed class CodeText(string text)
{
    private readonly StringBuilder _code = new(text.Length);
    private int _position;

    public string Strip()
    {
        while (_position < text.Length)
        {
            Step();
        }

        return _code.ToString();
    }

    private void Step()
    {
        if (Sees("//"))
        {
            BlankUntil(() => text[_position] == '\n');
        }
        else if (Sees("/*"))
        {
            Blank(2);
            BlankUntil(() => Sees("*/"));
            Blank(2);
        }
        else if (text[_position] == '\'')
        {
            Blank(1);
            BlankUntil(() => text[_position] == '\'', escapes: true);
            Blank(1);
        }
        else if (!TryString())
        {
            _code.Append(text[_position++]);
        }
    }

    private bool TryString()
    {
        var start = _position;
        while (start < text.Length && text[start] is '$' or '@')
        {
            start++;
        }

        if (start == text.Length || text[start] != '"')
        {
            return false;
        }

        var prefix = text[_position..start];
        var quotes = CountQuotes(start);
        Blank(prefix.Length);
        if (quotes >= 3)
        {
            String(new string('"', quotes), holes: prefix.Count(c => c == '$'), escapes: false, doubles: false);
        }
        else
        {
            var verbatim = prefix.Contains('@', StringComparison.Ordinal);
            String("\"", holes: prefix.Contains('$', StringComparison.Ordinal) ? 1 : 0, escapes: !verbatim, doubles: verbatim);
        }

        return true;
    }

    // A string up to its end. A hole begins with so many braces; 0: there are none.
    private void String(string quote, int holes, bool escapes, bool doubles)
    {
        Blank(quote.Length);
        while (_position < text.Length)
        {
            if (doubles && Sees("\"\""))
            {
                Blank(2);
            }
            else if (Sees(quote))
            {
                Blank(quote.Length);
                return;
            }
            else if (escapes && text[_position] == '\\')
            {
                Blank(2);
            }
            else if (holes == 1 && Sees("{{"))
            {
                Blank(2);
            }
            else if (holes > 0 && Sees(new string('{', holes)))
            {
                Blank(holes);
                Hole(holes);
            }
            else
            {
                Blank(1);
            }
        }
    }

    private void Hole(int braces)
    {
        for (var depth = 0; _position < text.Length; Step())
        {
            if (depth == 0 && text[_position] == '}')
            {
                Blank(braces);
                return;
            }

            depth += text[_position] switch { '{' => 1, '}' => -1, _ => 0 };
        }
    }

    private int CountQuotes(int start)
    {
        var end = start;
        while (end < text.Length && text[end] == '"')
        {
            end++;
        }

        return end - start;
    }

    private bool Sees(string what) => string.CompareOrdinal(text, _position, what, 0, what.Length) == 0;

    private void BlankUntil(Func<bool> isEnd, bool escapes = false)
    {
        while (_position < text.Length && !isEnd())
        {
            Blank(escapes && text[_position] == '\\' ? 2 : 1);
        }
    }

    private void Blank(int count)
    {
        for (; count > 0 && _position < text.Length; count--)
        {
            _code.Append(text[_position] is '\n' ? '\n' : ' ');
            _position++;
        }
    }
}
