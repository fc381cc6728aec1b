namespace TypedCache.Values;

/// <summary>Whether text is a number, by its form alone: nothing is parsed, so that programs that read no numbers have no parser in them.</summary>
internal static class NumberText
{
    private const byte LowerCase = 0x20;

    /// <summary>Whether it is a whole number of any size. memcached pads a counter that gets shorter with spaces (protocol.txt, "decr").</summary>
    public static bool IsInteger(ReadOnlySpan<byte> text)
    {
        var digits = text.TrimEnd((byte)' ');
        digits = digits is [(byte)'-', ..] ? digits[1..] : digits;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>Whether it looks like a number in any of the forms that clients write.</summary>
    public static bool IsFloat(ReadOnlySpan<byte> text)
    {
        var hasDigit = false;
        foreach (var character in text)
        {
            if (character is >= (byte)'0' and <= (byte)'9')
            {
                hasDigit = true;
            }
            else if (character is not ((byte)'.' or (byte)'-' or (byte)'+' or (byte)'e' or (byte)'E' or (byte)' '))
            {
                return IsName(text);
            }
        }

        return hasDigit;
    }

    private static bool IsName(ReadOnlySpan<byte> text)
    {
        var name = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        return Is(name, "inf"u8) || Is(name, "nan"u8) || Is(name, "infinity"u8);
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        var isSame = text.Length == name.Length;
        for (var i = 0; isSame && i < name.Length; i++)
        {
            isSame = (text[i] | LowerCase) == name[i];
        }

        return isSame;
    }
}
