using System.Collections.Concurrent;
using TypedCache.Generator.Keys.Texts;

namespace TypedCache.Generator.Keys;

/// <summary>How an argument of a known type is written into a key: whether its format is valid, and what text it can give.</summary>
internal static class KeyFormat
{
    private const string RoundTrip = "O";
    private const string FloatCharacters = "0123456789.-+EINafinty";

    // Four numbers of ten digits.
    private const int VersionBytes = 43;

    // Most placeholders have no format; and there are few types, but no end of formats.
    private static readonly ConcurrentDictionary<KeyValueType, IReadOnlyList<string>> WithoutFormat = new();

    /// <summary>The format that is used where the template gives none: dates sort and have no blanks.</summary>
    public static string? Default(KeyValueType type) => type
        is KeyValueType.DateTime or KeyValueType.DateTimeOffset or KeyValueType.DateOnly or KeyValueType.TimeOnly ? RoundTrip : null;

    /// <summary>What is wrong with a format, or null.</summary>
    public static string? FindMistake(KeyValueType type, string format)
    {
        switch (type)
        {
            case KeyValueType.Boolean or KeyValueType.Char or KeyValueType.String:
                return "the type has no formats; remove it";
            case KeyValueType.Enum:
                return format is "G" or "D" ? null : "write G for the name or D for the number";
            case KeyValueType.DateOnly when !DateFormat.IsValidForDateOnly(format):
                return "a DateOnly has no time of day; write yyyyMMdd, for example";
            case KeyValueType.TimeOnly when !DateFormat.IsValidForTimeOnly(format):
                return "a TimeOnly has no date; write HHmm, for example";
        }

        // Asked before a text of that length is made.
        if (type <= KeyValueType.Decimal && NumberFormat.Read(format) is (not NumberFormat.Custom, > KeyText.MaxBytes))
        {
            return $"a key has at most {KeyText.MaxBytes} bytes; write fewer digits";
        }

        try
        {
            var texts = Samples(type, format);
            return texts.Count > 1 && texts.Select(static text => text.TrimStart('-')).Distinct().Count() == 1 ? "it gives the same text for all values" : null;
        }
        catch (FormatException)
        {
            return type == KeyValueType.Guid ? "write N, D, B, P or X" : "the type does not know it";
        }
    }

    /// <summary>The longest text in bytes, escaped where it has to be; null where there is no bound. Enums are not asked for here.</summary>
    public static int? MaxBytes(KeyValueType type, string? format, byte delimiter) => type switch
    {
        KeyValueType.String or KeyValueType.Formattable or KeyValueType.Enum => null,
        KeyValueType.Boolean => "false".Length,
        KeyValueType.Version => VersionBytes,
        KeyValueType.Char => KeyText.MaxCharBytes(delimiter),
        KeyValueType.Half or KeyValueType.Single or KeyValueType.Double => format is null ? FloatBytes(type) : null,
        _ => Samples(type, format).Max(text => KeyText.EscapedByteCount(text, delimiter)),
    };

    /// <summary>
    /// Whether text of the type could contain the byte that ends it in the key, so that two lists of arguments could give one key.
    /// </summary>
    public static bool CanContain(KeyValueType type, string? format, byte delimiter) => type switch
    {
        KeyValueType.String or KeyValueType.Char or KeyValueType.Formattable => true,
        KeyValueType.Boolean or KeyValueType.Enum => false,
        KeyValueType.Half or KeyValueType.Single or KeyValueType.Double or KeyValueType.Decimal => FloatCharacters.IndexOf((char)delimiter) >= 0,
        KeyValueType.Version => delimiter is (byte)'.' or (>= (byte)'0' and <= (byte)'9'),
        // A minus sign only stands in front, where nothing can end yet.
        <= KeyValueType.UInt128 when format is null => delimiter is >= (byte)'0' and <= (byte)'9',
        // Up to the fraction the width is fixed; only whether a zone follows has to be told.
        KeyValueType.DateTime when format is null or "O" or "o" => delimiter is (byte)'Z' or (byte)'+' or (byte)'-',
        // hh:mm:ss have a fixed width; only whether a fraction follows has to be told.
        KeyValueType.TimeSpan when format is null or "c" or "t" or "T" => delimiter == (byte)'.',
        _ => !HasFixedLength(type, format) && Samples(type, format).Any(text => text.IndexOf((char)delimiter) > 0),
    };

    /// <summary>Whether the end of the text can be found with nothing behind it that marks it.</summary>
    public static bool HasFixedLength(KeyValueType type, string? format) => type switch
    {
        KeyValueType.Boolean or KeyValueType.Char or KeyValueType.Guid => true,
        KeyValueType.DateTime or KeyValueType.DateTimeOffset or KeyValueType.DateOnly or KeyValueType.TimeOnly =>
            Samples(type, format).Select(static text => text.Length).Distinct().Count() == 1,
        _ => false,
    };

    /// <summary>Texts of the type: the longest, and one of each kind.</summary>
    public static IReadOnlyList<string> Samples(KeyValueType type, string? format) =>
        format is null ? WithoutFormat.GetOrAdd(type, static type => Format(type, format: null)) : Format(type, format);

    private static IReadOnlyList<string> Format(KeyValueType type, string? format) => KeySamples.Format(type, type switch
    {
        // The samples are DateTimes, whose standard formats also have the other half.
        KeyValueType.DateOnly => DateFormat.ForDateOnly(format ?? RoundTrip),
        KeyValueType.TimeOnly => DateFormat.ForTimeOnly(format ?? RoundTrip),
        _ => format ?? Default(type),
    });

    // The shortest text that reads back as the same number: sign, digits, point and exponent.
    private static int FloatBytes(KeyValueType type) => type switch
    {
        KeyValueType.Half => 11,
        KeyValueType.Single => 15,
        _ => 24,
    };
}
