using System.Globalization;
using System.Text;

namespace TypedCache.Generator.Contracts.Json;

/// <summary>
/// Reads a JSON text (RFC 8259) and remembers where everything stands, so that a mistake can be shown at its place. A compiler loads
/// analyzers without their packages, so that they bring no library for it.
/// </summary>
internal sealed class JsonParser
{
    private const int MaxDepth = 256;

    private readonly string _text;
    private int _position;
    private int _depth;

    private JsonParser(string text)
    {
        _text = text;
    }

    /// <summary>Reads a text that is one value.</summary>
    /// <exception cref="ContractMistakeException">The text is no JSON.</exception>
    public static JsonValue Parse(string text)
    {
        var parser = new JsonParser(text);
        var value = parser.ReadValue();
        parser.SkipBlanks();
        return parser._position == text.Length ? value : throw parser.Mistake("something follows the end of the contract");
    }

    private JsonValue ReadValue()
    {
        SkipBlanks();
        if (++_depth > MaxDepth)
        {
            throw Mistake($"it is nested more than {MaxDepth} deep");
        }

        var start = _position;
        JsonValue value = Peek() switch
        {
            '{' => ReadObject(start),
            '[' => ReadArray(start),
            '"' => new JsonValue.Text(start, ReadText()),
            't' => Word("true", new JsonValue.Boolean(start, true)),
            'f' => Word("false", new JsonValue.Boolean(start, false)),
            'n' => Word("null", new JsonValue.Null(start)),
            _ => ReadNumber(start),
        };
        _depth--;
        return value;
    }

    private JsonValue.Object ReadObject(int start)
    {
        var properties = new List<JsonProperty>();
        _position++;
        if (!TryTake('}'))
        {
            do
            {
                properties.Add(ReadProperty(properties));
            }
            while (TryTake(','));
            Take('}', "a comma or '}'");
        }

        return new JsonValue.Object(start, properties);
    }

    private JsonProperty ReadProperty(List<JsonProperty> others)
    {
        SkipBlanks();
        var start = _position;
        if (Peek() != '"')
        {
            throw Mistake("a name in quotes is missing");
        }

        var name = ReadText();
        if (others.Exists(other => other.Name == name))
        {
            throw new ContractMistakeException(start, $"\"{name}\" is there twice");
        }

        Take(':', "a colon");
        return new JsonProperty(start, name, ReadValue());
    }

    private JsonValue.Array ReadArray(int start)
    {
        var items = new List<JsonValue>();
        _position++;
        if (!TryTake(']'))
        {
            do
            {
                items.Add(ReadValue());
            }
            while (TryTake(','));
            Take(']', "a comma or ']'");
        }

        return new JsonValue.Array(start, items);
    }

    private string ReadText()
    {
        var start = _position++;
        var text = new StringBuilder();
        while (Peek() != '"')
        {
            switch (Peek())
            {
                case '\0' when _position >= _text.Length:
                    throw new ContractMistakeException(start, "the text has no closing quote");
                case < ' ':
                    throw Mistake("a text contains a line end or control character: write it as an escape");
                case '\\':
                    text.Append(ReadEscape());
                    break;
                case var character:
                    text.Append(character);
                    _position++;
                    break;
            }
        }

        _position++;
        return text.ToString();
    }

    private char ReadEscape()
    {
        _position++;
        var escape = Peek();
        _position++;
        return escape switch
        {
            '"' or '\\' or '/' => escape,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => ReadHex(),
            _ => throw new ContractMistakeException(_position - 2, "the escape is not known"),
        };
    }

    private char ReadHex()
    {
        const int Digits = 4;
        if (_position + Digits > _text.Length
            || !ushort.TryParse(_text.Substring(_position, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw Mistake("four hex digits are missing");
        }

        _position += Digits;
        return (char)code;
    }

    private JsonValue.Number ReadNumber(int start)
    {
        while (Peek() is >= '0' and <= '9' or '-' or '+' or '.' or 'e' or 'E')
        {
            _position++;
        }

        var text = _text.Substring(start, _position - start);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new JsonValue.Number(start, number)
            : throw new ContractMistakeException(start, start == _text.Length ? "it ends too early" : "a value is missing");
    }

    private JsonValue Word(string word, JsonValue value)
    {
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0)
        {
            throw Mistake("a value is missing");
        }

        _position += word.Length;
        return value;
    }

    private void Take(char character, string name)
    {
        if (!TryTake(character))
        {
            throw Mistake($"{name} is missing");
        }
    }

    private bool TryTake(char character)
    {
        SkipBlanks();
        var isThere = Peek() == character;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n' or '\uFEFF')
        {
            _position++;
        }
    }

    private ContractMistakeException Mistake(string reason) => new(_position, reason);
}
