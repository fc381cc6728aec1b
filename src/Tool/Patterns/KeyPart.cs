namespace TypedCache.Tool.Patterns;

/// <summary>A part of a key, with the character that ends it.</summary>
internal static class KeyPart
{
    /// <summary>What stands for a variable part.</summary>
    public const char Mark = '*';

    private const string Ends = ":/|";
    private const int LongestLiteral = 40;
    private const int MostVersionDigits = 3;

    /// <summary>How long the first part of a key is, with its end.</summary>
    public static int Length(ReadOnlySpan<char> key)
    {
        var end = key.IndexOfAny(Ends);
        return end < 0 ? key.Length : end + 1;
    }

    /// <summary>A part with a mark in place of what varies, as far as one key shows that: <c>42:</c> is <c>*:</c>, <c>user_7</c> is <c>user_*</c>, <c>v2:</c> stays.</summary>
    /// <param name="part">The part.</param>
    /// <param name="buffer">Room for one character more.</param>
    public static ReadOnlySpan<char> Generalize(ReadOnlySpan<char> part, Span<char> buffer)
    {
        var text = HasEnd(part) ? part[..^1] : part;
        var digit = text.IndexOfAnyInRange('0', '9');
        if (IsVersion(text) || (digit < 0 && text.Length <= LongestLiteral))
        {
            return part;
        }

        var literal = digit < 0 ? 0 : text[..digit].LastIndexOfAny('_', '-', '.') + 1;
        if (literal == 0 && digit > 0 && !text[digit..].ContainsAnyExceptInRange('0', '9'))
        {
            literal = digit;
        }

        return WithMark(part, literal, buffer);
    }

    /// <summary>A part that is variable as a whole.</summary>
    /// <param name="part">The part.</param>
    /// <param name="buffer">Room for two characters.</param>
    public static ReadOnlySpan<char> Variable(ReadOnlySpan<char> part, Span<char> buffer) => WithMark(part, 0, buffer);

    private static ReadOnlySpan<char> WithMark(ReadOnlySpan<char> part, int literal, Span<char> buffer)
    {
        part[..literal].CopyTo(buffer);
        buffer[literal] = Mark;
        if (!HasEnd(part))
        {
            return buffer[..(literal + 1)];
        }

        buffer[literal + 1] = part[^1];
        return buffer[..(literal + 2)];
    }

    private static bool HasEnd(ReadOnlySpan<char> part) => !part.IsEmpty && Ends.Contains(part[^1], StringComparison.Ordinal);

    private static bool IsVersion(ReadOnlySpan<char> text) =>
        text.Length is > 1 and <= 1 + MostVersionDigits && text[0] == 'v' && !text[1..].ContainsAnyExceptInRange('0', '9');
}
