using System.Collections.Concurrent;
using System.Numerics;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>Which texts an argument can give in a key. Those of equal parts are equal, also when one has been forgotten and made again.</summary>
internal sealed class PartTexts : IEquatable<PartTexts>
{
    // An editor can try any number of formats.
    private const int MaxKnown = 1000;

    private static readonly ConcurrentDictionary<(ValueShapePart Part, KeyPolicy Policy), PartTexts> Known = new();

    private readonly ConcurrentDictionary<(bool AllowsEmpty, bool IsReversed), TextAutomaton> _automata = new();
    private readonly ConcurrentDictionary<bool, TextAutomaton> _outlines = new();
    private readonly ValueShapePart _part;
    private readonly KeyPolicy _policy;
    private readonly int _hash;
    private readonly KeyEscaping _escaping;
    private readonly TextPattern? _integer;
    private readonly Lazy<TextAutomaton?> _samples;
    private readonly Lazy<Func<string, bool>> _reader;

    private PartTexts(ValueShapePart part, KeyPolicy policy)
    {
        _part = part;
        _policy = policy;
        _hash = (part, policy).GetHashCode();
        _escaping = new KeyEscaping(policy, part.Delimiter);
        _integer = part.Type <= KeyValueType.UInt128 ? IntegerTexts.Exact(part.Type, part.Format) : null;
        _samples = new Lazy<TextAutomaton?>(CreateSamples);
        _reader = new Lazy<Func<string, bool>>(CreateReader);
    }

    /// <summary>Whether the automata accept nothing but real texts. If not, <see cref="IsText"/> tells which are.</summary>
    public bool IsExact => _part.Type is KeyValueType.Boolean or KeyValueType.Char or KeyValueType.String or KeyValueType.Formattable
        or KeyValueType.Guid or KeyValueType.Version || _integer is not null;

    /// <summary>The texts of many values; null where <see cref="Automaton"/> is close enough.</summary>
    public TextAutomaton? Samples => _samples.Value;

    public static PartTexts Of(ValueShapePart part, KeyPolicy policy)
    {
        if (Known.Count > MaxKnown)
        {
            Known.Clear();
        }

        return Known.GetOrAdd((part, policy), static key => new PartTexts(key.Part, key.Policy));
    }

    public bool Equals(PartTexts? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _policy == other._policy && _part.Equals(other._part));

    public override bool Equals(object? obj) => Equals(obj as PartTexts);

    public override int GetHashCode() => _hash;

    /// <summary>What accepts all texts of the part as they are in a key.</summary>
    /// <param name="allowsEmpty">Whether a string can be empty; if not, examples read better.</param>
    /// <param name="isReversed">Whether it reads from the end.</param>
    public TextAutomaton Automaton(bool allowsEmpty, bool isReversed) => _automata.GetOrAdd(
        (allowsEmpty, isReversed), key => TextAutomaton.Create(WithUnknownText(Escaped(Pattern(key.AllowsEmpty))), key.IsReversed));

    /// <summary>What accepts all texts of the part and more, with fewer states: no number has a limit, and the bytes of strings and enums are in any order.</summary>
    /// <param name="isReversed">Whether it reads from the end.</param>
    public TextAutomaton Outline(bool isReversed) => _outlines.GetOrAdd(
        isReversed, isReversed => TextAutomaton.Create(WithUnknownText(Outline(Escaped(OutlinePattern()))), isReversed));

    /// <summary>Whether a value has this text in a key. Text that is not known stands for itself.</summary>
    public bool IsText(IReadOnlyList<int> symbols)
    {
        if (symbols.Contains(ByteSet.UnknownText))
        {
            return true;
        }

        byte[] bytes = [.. symbols.Select(static symbol => (byte)symbol)];
        return _part.Type switch
        {
            KeyValueType.Boolean or KeyValueType.Enum => KeyEscaping.Decode(bytes) is { } text && _reader.Value(text),
            KeyValueType.Formattable => false,
            _ => _escaping.Read(bytes).Any(_reader.Value),
        };
    }

    private TextPattern Pattern(bool allowsEmpty) => _part.Type switch
    {
        KeyValueType.Boolean when _escaping.IsPecl => TextPattern.Choice(TextPattern.Text("1"), TextPattern.Empty),
        KeyValueType.Boolean => TextPattern.OneOf(["true", "false"]),
        KeyValueType.Enum => TextPattern.Choice(TextPattern.OneOf(_part.Enum!.Names), IntegerTexts.Exact(_part.Enum.Number, null)!),
        KeyValueType.Char => TextPattern.Choice(StringTexts.Units),
        KeyValueType.String => StringTexts.Pattern(allowsEmpty, _part.MaxLength),
        KeyValueType.Formattable => TextPattern.Set(ByteSet.GivesUnknownText),
        KeyValueType.Guid => GuidTexts.Pattern(_part.Format),
        KeyValueType.Version => VersionPattern(),
        KeyValueType.TimeSpan => TimeSpanTexts.Pattern(_part.Format),
        KeyValueType.DateTime or KeyValueType.DateTimeOffset or KeyValueType.DateOnly or KeyValueType.TimeOnly => new MomentTexts(_part.Type, _part.Format).Pattern(),
        _ => _integer ?? NumberTexts.Pattern(_part.Type, _part.Format),
    };

    private TextPattern OutlinePattern() => _part.Type switch
    {
        KeyValueType.Enum => TextPattern.Choice(TextPattern.OneOf(_part.Enum!.Names), IntegerTexts.Outline(_part.Enum.Number, null)!),
        KeyValueType.Version => TextPattern.Sequence(TextPattern.Set("0123456789"), TextPattern.Repeat(TextPattern.Set("0123456789."), 1, TextPattern.Unbounded)),
        <= KeyValueType.UInt128 => IntegerTexts.Outline(_part.Type, _part.Format) ?? Pattern(allowsEmpty: true),
        _ => Pattern(allowsEmpty: true),
    };

    private TextPattern Outline(TextPattern pattern) => _part.Type is KeyValueType.String or KeyValueType.Enum
        ? TextPattern.Repeat(TextPattern.Set(pattern.Alphabet), _part.Type == KeyValueType.Enum ? 1 : 0, TextPattern.Unbounded)
        : pattern;

    private Func<string, bool> CreateReader() => _part.Type switch
    {
        KeyValueType.Boolean => _escaping.IsPecl ? static text => text is "1" or "" : static text => text is "true" or "false",
        KeyValueType.Enum => IsEnumText,
        KeyValueType.Char => static text => text.Length == 1,
        KeyValueType.String => text => _part.MaxLength == 0 || text.Length <= _part.MaxLength,
        KeyValueType.Guid => text => Guid.TryParse(text, out var value) && value.ToString(_part.Format) == text,
        KeyValueType.Version => static text => System.Version.TryParse(text, out var value) && value.ToString() == text,
        KeyValueType.TimeSpan => TimeSpanTexts.Reader(_part.Format),
        KeyValueType.DateTime or KeyValueType.DateTimeOffset or KeyValueType.DateOnly or KeyValueType.TimeOnly => new MomentTexts(_part.Type, _part.Format).Reader(),
        _ when _integer is not null => text => IsIntegerText(_part.Type, text),
        _ => text => NumberTexts.IsText(_part.Type, _part.Format, text),
    };

    private bool IsEnumText(string text) =>
        _part.Enum!.Names.Contains(text) || (!_part.Enum.Named.Contains(text) && IsIntegerText(_part.Enum.Number, text));

    private bool IsIntegerText(KeyValueType type, string text) =>
        IntegerTexts.Read(type, _part.Format, text) is { } value && IntegerTexts.Format(type, _part.Format, value) == text;

    private TextAutomaton? CreateSamples()
    {
        var samples = _part.Type switch
        {
            KeyValueType.DateTime or KeyValueType.DateTimeOffset or KeyValueType.DateOnly => new MomentTexts(_part.Type, _part.Format).Samples(),
            <= KeyValueType.Decimal when _integer is null && NumberTexts.IsMixed(_part.Type, _part.Format) => NumberValues.Samples(_part.Type, _part.Format),
            _ => [],
        };
        return samples.Count == 0 ? null : TextAutomaton.Create(WithUnknownText(Escaped(TextPattern.OneOf(samples.Distinct()))), isReversed: false);
    }

    // The names of enums and bools are written as they are.
    private TextPattern Escaped(TextPattern pattern) => _part.Type is KeyValueType.Boolean or KeyValueType.Enum ? pattern : pattern.Replace(_escaping.Write);

    private TextPattern WithUnknownText(TextPattern pattern) =>
        _part.Type == KeyValueType.Formattable ? pattern : TextPattern.Choice(pattern, TextPattern.Set(ByteSet.TakesUnknownText));

    private static TextPattern VersionPattern()
    {
        var number = IntegerTexts.UpTo(new BigInteger(int.MaxValue));
        var next = TextPattern.Sequence(TextPattern.Text("."), number);
        return TextPattern.Sequence(number, TextPattern.Repeat(next, 1, 3));
    }
}
