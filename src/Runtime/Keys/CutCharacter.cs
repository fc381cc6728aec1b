using System.Text;

namespace TypedCache.Keys;

/// <summary>
/// Keys as text. Only <see cref="KeyPolicy.Pecl"/> cuts a character, as pecl-memcache does; its first bytes, at the end of a key, are
/// written as U+DC80 to U+DCFF, which no well-formed text has, so that the text still names the key.
/// </summary>
internal static class CutCharacter
{
    private const int Base = 0xDC00;
    private const int MostBytes = 3;

    /// <summary>The text of a key.</summary>
    public static string TextOf(ReadOnlySpan<byte> key)
    {
        var cut = LengthAtEnd(key);
        var text = Encoding.UTF8.GetString(key[..^cut]);
        foreach (var value in key[^cut..])
        {
            text += (char)(Base + value);
        }

        return text;
    }

    /// <summary>The bytes of a character that was cut, from the end of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">Room for three.</param>
    /// <returns>How many there are, one for each UTF-16 code unit.</returns>
    public static int Read(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var count = 0;
        while (count < MostBytes && count < text.Length && text[text.Length - count - 1] is >= (char)(Base + 0x80) and <= (char)(Base + 0xFF))
        {
            count++;
        }

        if (count > 0 && count < text.Length && char.IsHighSurrogate(text[text.Length - count - 1]))
        {
            count--;
        }

        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)(text[text.Length - count + i] - Base);
        }

        return count > 0 && LengthAtEnd(bytes[..count]) == count ? count : 0;
    }

    // How many bytes at the end are the beginning of a character.
    private static int LengthAtEnd(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(MostBytes, bytes.Length); length++)
        {
            if (bytes[^length] >= 0xC0)
            {
                return Rune.DecodeFromUtf8(bytes[^length..], out _, out _) == System.Buffers.OperationStatus.NeedMoreData ? length : 0;
            }
        }

        return 0;
    }
}
