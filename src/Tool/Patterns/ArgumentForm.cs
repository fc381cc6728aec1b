using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using TypedCache.Generator.Contracts;

namespace TypedCache.Tool.Patterns;

/// <summary>Which texts an argument of a key can have.</summary>
/// <param name="argument">The argument.</param>
internal sealed class ArgumentForm(ContractArgument argument)
{
    private const string RoundTrip = "O";
    private const int LongestTime = 64;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.E"u8);
    private static readonly SearchValues<byte> TimeSpanBytes = SearchValues.Create("0123456789-.:"u8);

    private readonly string _type = argument.Type;
    private readonly string? _format = argument.Format;
    private readonly byte[][] _names = [.. argument.Names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>How much the form tells: patterns with the narrower arguments are tried first.</summary>
    public int Narrowness => _type switch
    {
        "enum" or "bool" or "Guid" => 3,
        "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" or "Version" => 2,
        "string" or "char" => 0,
        _ => 1,
    };

    /// <summary>Whether it is never so long that a key is shortened inside it.</summary>
    public bool IsShort => _type is not "string" && (argument.IsInteger || Narrowness > 1);

    /// <summary>Whether it can have a text.</summary>
    public bool Matches(ReadOnlySpan<byte> text) => _type switch
    {
        "string" => true,
        _ when argument.IsInteger => IsInteger(text),
        "bool" => text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8) || text.SequenceEqual("1"u8) || text.IsEmpty,
        "enum" => IsEnum(text),
        "Guid" => IsGuid(text),
        "char" => IsCharacter(text),
        "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" => IsTime(text),
        "TimeSpan" when _format is null => !text.IsEmpty && !text.ContainsAnyExcept(TimeSpanBytes),
        "Half" or "float" or "double" or "decimal" when _format is null => IsFraction(text),
        _ => !text.IsEmpty,
    };

    private bool IsInteger(ReadOnlySpan<byte> text)
    {
        var isSigned = _type is "sbyte" or "short" or "int" or "long" or "Int128";
        var digits = isSigned && text.StartsWith("-"u8) ? text[1..] : text;
        return digits.Length is > 0 and <= 39 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (digits.Length == 1 || digits[0] != '0');
    }

    // A number that has no name, and flags that are combined, are written as digits or as names with commas.
    private bool IsEnum(ReadOnlySpan<byte> text)
    {
        if (_names.Length == 0 || _format is not (null or "G" or "g" or "F" or "f"))
        {
            return !text.IsEmpty;
        }

        foreach (var name in _names)
        {
            if (text.StartsWith(name) && (text.Length == name.Length || text[name.Length] == ','))
            {
                return true;
            }
        }

        var digits = text.StartsWith("-"u8) ? text[1..] : text;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private bool IsGuid(ReadOnlySpan<byte> text)
    {
        Span<char> chars = stackalloc char[LongestTime + 8];
        return text.Length <= chars.Length && Guid.TryParseExact(chars[..Encoding.Latin1.GetChars(text, chars)], _format ?? "D", out _);
    }

    // An escaped one has three bytes.
    private static bool IsCharacter(ReadOnlySpan<byte> text) =>
        (text.Length == 3 && text[0] == '%') || (Utf8.IsValid(text) && Encoding.UTF8.GetCharCount(text) == 1);

    private bool IsTime(ReadOnlySpan<byte> text)
    {
        Span<char> chars = stackalloc char[LongestTime];
        if (text.IsEmpty || text.Length > chars.Length)
        {
            return false;
        }

        if (text.Contains((byte)'%'))
        {
            return true;
        }

        ReadOnlySpan<char> time = chars[..Encoding.Latin1.GetChars(text, chars)];
        var format = _format ?? RoundTrip;
        return _type switch
        {
            "DateOnly" => DateOnly.TryParseExact(time, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "TimeOnly" => TimeOnly.TryParseExact(time, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "DateTime" => DateTime.TryParseExact(time, format, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _),
            _ => DateTimeOffset.TryParseExact(time, format, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _),
        };
    }

    private static bool IsFraction(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (!text.ContainsAnyExcept(NumberBytes) || text.SequenceEqual("NaN"u8) || text.EndsWith("Infinity"u8));
}
