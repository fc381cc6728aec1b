using System.Globalization;

namespace TypedCache.Generator.Tests.Contracts;

/// <summary>Reads the short form of types in the table of docs/contract.md.</summary>
internal sealed class SpecText
{
    private readonly string _text;
    private int _position;

    private SpecText(string text) => _text = text;

    /// <summary>An object: members with keys or without, in round brackets where a constructor takes them.</summary>
    public static Spec.Item Read(string text) => text.StartsWith('(')
        ? new SpecText(text[1..^1]).ReadItem(ItemKind.Record)
        : new SpecText(text).ReadItem(ItemKind.Class);

    private Spec.Item ReadItem(ItemKind kind)
    {
        var parts = new List<Part>();
        var keyedByName = !char.IsDigit(Peek());
        do
        {
            SkipBlanks();
            var key = keyedByName ? parts.Count : int.Parse(Word(), CultureInfo.InvariantCulture);
            TryTake(':');
            var type = ReadType();
            parts.Add(new Part(key, Word(), type));
        }
        while (TryTake(','));
        return new Spec.Item(kind, keyedByName, parts);
    }

    private Spec ReadType()
    {
        SkipBlanks();
        Spec type = Peek() == '{' ? ReadInside() : Word() switch
        {
            "enum" => ReadEnum(),
            "union" => new Spec.Union([.. Names().Select(static (name, index) => (index, name, new Spec.Item(ItemKind.Class, KeyedByName: false, [new Part(0, "Size", new Spec.Leaf("int"))])))]),
            "list" => new Spec.List(Types()[0]),
            "Lazy" => new Spec.Lazy(Types()[0]),
            "map" => new Spec.Map(Types()[0]),
            "tuple" => new Spec.Tuple(Types()),
            var leaf => new Spec.Leaf(leaf),
        };
        return type with { IsNullable = TryTake('?') };
    }

    private Spec.Item ReadInside()
    {
        TryTake('{');
        var item = ReadItem(ItemKind.Class);
        TryTake('}');
        return item;
    }

    private Spec.Choice ReadEnum()
    {
        var number = TryTake(':') ? Word() : "int";
        return new Spec.Choice(number, [.. Names().Select(static (name, index) => (name, index))]);
    }

    private List<string> Names()
    {
        var names = new List<string>();
        TryTake('{');
        do
        {
            names.Add(Word());
        }
        while (TryTake(','));
        TryTake('}');
        return names;
    }

    private List<Spec> Types()
    {
        var types = new List<Spec>();
        TryTake('<');
        do
        {
            types.Add(ReadType());
        }
        while (TryTake(','));
        TryTake('>');
        return types;
    }

    private string Word()
    {
        SkipBlanks();
        var start = _position;
        while (char.IsLetterOrDigit(Peek()))
        {
            _position++;
        }

        return _position > start ? _text[start.._position] : throw new FormatException($"A word is missing at {start} of '{_text}'.");
    }

    private bool TryTake(char character)
    {
        SkipBlanks();
        var isThere = Peek() == character;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private void SkipBlanks()
    {
        while (Peek() == ' ')
        {
            _position++;
        }
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';
}
