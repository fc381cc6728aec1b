namespace TypedCache.Embedded;

/// <summary>
/// Reads decimal numbers as memcached does (util.c: safe_strtoull and its siblings over the C library):
/// spaces and a sign before the digits are fine, a space or NUL ends the number, and 32-bit numbers are cut
/// out of 64-bit ones without a check.
/// </summary>
internal static class AsciiNumber
{
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong number)
    {
        if (!TryReadDigits(text, out number, out var negative))
        {
            return false;
        }

        if (negative)
        {
            number = 0 - number;
        }

        // A minus is an error only if the result looks negative: -18446744073709551615 is a long way to write 1.
        return (long)number >= 0 || !BeforeNul(text).Contains((byte)'-');
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out uint number)
    {
        var good = TryParse(text, out ulong wide);
        number = unchecked((uint)wide);
        return good;
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        if (!TryReadDigits(text, out var magnitude, out var negative))
        {
            return false;
        }

        if (magnitude > (negative ? 1UL << 63 : long.MaxValue))
        {
            return false;
        }

        number = unchecked((int)(negative ? 0 - magnitude : magnitude));
        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> text, out ulong magnitude, out bool negative)
    {
        magnitude = 0;
        negative = false;
        var at = 0;
        while (at < text.Length && IsBlank(text[at]))
        {
            at++;
        }

        if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
        {
            negative = text[at++] == '-';
        }

        var firstDigit = at;
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
        {
            var digit = (uint)(text[at] - '0');
            if (magnitude > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }

            magnitude = (magnitude * 10) + digit;
        }

        return at > firstDigit && (at == text.Length || text[at] == 0 || IsBlank(text[at]));
    }

    private static ReadOnlySpan<byte> BeforeNul(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
}
