namespace TypedCache.Generator.Keys;

/// <summary>
/// Which texts an argument can give in a key, as alternatives of atoms. Where the exact set would be laborious, such as dates that do
/// not exist, it is a little larger; never smaller.
/// </summary>
internal static class KeyTexts
{
    private const int EscapedLength = 3;

    // An enum's value without a name is written as its number.
    private const int LongestNumber = 20;

    private static readonly ByteSet HexDigits = KeyAtom.Digits | ByteSet.Of("abcdef");
    private static readonly ByteSet SmallLetters = ByteSet.Range((byte)'a', (byte)'z');
    private static readonly ByteSet CapitalLetters = ByteSet.Range((byte)'A', (byte)'Z');
    private static readonly ByteSet Escape = ByteSet.Of("%0123456789ABCDEF");
    private static readonly ByteSet Forbidden = ByteSet.Range(0, 0x20) | ByteSet.Of(0x7F);
    private static readonly ByteSet Allowed = ByteSet.Range(byte.MinValue, byte.MaxValue).Except(Forbidden);

    /// <summary>The alternatives.</summary>
    /// <param name="part">The argument.</param>
    /// <param name="isPecl">Whether nothing is escaped.</param>
    /// <param name="minText">How short texts without a form of their own can be: 0, or 1 for examples that read well.</param>
    public static IEnumerable<IEnumerable<KeyAtom>> Of(ValueShapePart part, bool isPecl, int minText) =>
        Plain(part, isPecl, minText).Select(alternative => alternative.Select(atom => Escaped(atom, part.Delimiter, isPecl)));

    private static IEnumerable<IEnumerable<KeyAtom>> Plain(ValueShapePart part, bool isPecl, int minText) => part.Type switch
    {
        KeyValueType.Boolean when isPecl => [KeyAtom.Text("1"), []],
        KeyValueType.Boolean => [KeyAtom.Text("true"), KeyAtom.Text("false")],
        KeyValueType.Enum => part.Names.Select(KeyAtom.Text).Append([KeyAtom.Maybe("-"), KeyAtom.SomeDigits(1, LongestNumber)]),
        KeyValueType.Char => [[new KeyAtom(Allowed, 1, KeyText.MaxCharBytes(part.Delimiter))]],
        KeyValueType.String or KeyValueType.Formattable => [[new KeyAtom(Allowed, minText, KeyAtom.Unbounded)]],
        KeyValueType.Guid => [Samples(part)[0].Select(static character => KeyAtom.One(character == '0' ? HexDigits : ByteSet.Of((byte)character)))],
        KeyValueType.Half or KeyValueType.Single or KeyValueType.Double when part.Format is null => Float(),
        KeyValueType.Decimal when part.Format is null => [Decimal()],
        KeyValueType.TimeSpan when part.Format is null => [TimeSpan()],
        <= KeyValueType.UInt128 when part.Format is null => Integer(part),
        KeyValueType.DateTime or KeyValueType.DateTimeOffset or KeyValueType.DateOnly or KeyValueType.TimeOnly => Moment(part),
        _ => [[Mixed(part)]],
    };

    private static IEnumerable<IEnumerable<KeyAtom>> Integer(ValueShapePart part)
    {
        var samples = Samples(part);
        var sign = samples.Any(static text => text[0] == '-') ? new[] { KeyAtom.Maybe("-") } : [];
        var more = samples.Max(static text => text.TrimStart('-').Length) - 1;
        return
        [
            KeyAtom.Text("0"),
            [.. sign, KeyAtom.One(ByteSet.Range((byte)'1', (byte)'9')), KeyAtom.SomeDigits(0, more)],
        ];
    }

    private static IEnumerable<IEnumerable<KeyAtom>> Float()
    {
        const int Digits = 24;
        const int ExponentDigits = 3;
        return
        [
            [
                KeyAtom.Maybe("-"), KeyAtom.SomeDigits(1, Digits), KeyAtom.Maybe("."), KeyAtom.SomeDigits(0, Digits),
                KeyAtom.Maybe("E"), KeyAtom.Maybe("+-"), KeyAtom.SomeDigits(0, ExponentDigits),
            ],
            KeyAtom.Text("NaN"),
            [KeyAtom.Maybe("-"), .. KeyAtom.Text("Infinity")],
        ];
    }

    private static IEnumerable<KeyAtom> Decimal()
    {
        const int Digits = 29;
        return [KeyAtom.Maybe("-"), KeyAtom.SomeDigits(1, Digits), KeyAtom.Maybe("."), KeyAtom.SomeDigits(0, Digits - 1)];
    }

    private static IEnumerable<KeyAtom> TimeSpan()
    {
        const int DayDigits = 8;
        const int FractionDigits = 7;
        return
        [
            KeyAtom.Maybe("-"), KeyAtom.SomeDigits(0, DayDigits), KeyAtom.Maybe("."),
            KeyAtom.SomeDigits(2, 2), .. KeyAtom.Text(":"), KeyAtom.SomeDigits(2, 2), .. KeyAtom.Text(":"), KeyAtom.SomeDigits(2, 2),
            KeyAtom.Maybe("."), KeyAtom.SomeDigits(0, FractionDigits),
        ];
    }

    // The round-trip formats have one width for each kind of time zone, others have one alone or are as wide as their names.
    private static IEnumerable<IEnumerable<KeyAtom>> Moment(ValueShapePart part)
    {
        var widths = Samples(part).GroupBy(static text => text.Length).ToList();
        return widths.Count == 1 || part.Format is null or "O" or "o"
            ? widths.Select(static texts => Enumerable.Range(0, texts.Key).Select(position => KeyAtom.One(At(texts, position))))
            : [[Mixed(part)]];
    }

    private static ByteSet At(IEnumerable<string> texts, int position)
    {
        var characters = texts.Select(text => text[position]).Distinct().ToList();
        return characters.Exists(char.IsDigit) ? KeyAtom.Digits
            : characters.Exists(static character => character is '+' or '-') ? ByteSet.Of("+-")
            : characters is [var only] ? ByteSet.Of((byte)only)
            : SmallLetters | CapitalLetters;
    }

    // All that the samples have, in any order.
    private static KeyAtom Mixed(ValueShapePart part)
    {
        var samples = Samples(part);
        var bytes = ByteSet.Of(System.Text.Encoding.UTF8.GetBytes(string.Concat(samples)));
        foreach (var kind in new[] { KeyAtom.Digits, SmallLetters, CapitalLetters })
        {
            bytes |= (bytes & kind).IsEmpty ? default : kind;
        }

        return new KeyAtom(bytes, 1, samples.Max(KeyText.ByteCount));
    }

    private static KeyAtom Escaped(KeyAtom atom, byte delimiter, bool isPecl)
    {
        if (isPecl)
        {
            return (atom.Bytes & Forbidden).IsEmpty ? atom : atom with { Bytes = atom.Bytes.Except(Forbidden) | ByteSet.Of((byte)'_') };
        }

        var escaped = delimiter == 0 ? Forbidden : Forbidden | ByteSet.Of(delimiter);
        return (atom.Bytes & escaped).IsEmpty ? atom : new KeyAtom(
            atom.Bytes.Except(escaped) | Escape,
            atom.Min,
            atom.Max == KeyAtom.Unbounded ? KeyAtom.Unbounded : atom.Max * EscapedLength);
    }

    private static IReadOnlyList<string> Samples(ValueShapePart part) => KeyFormat.Samples(part.Type, part.Format);
}
