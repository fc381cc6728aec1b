using System.Globalization;
using System.Text;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>What memcached takes in a key (memcached's protocol.txt, "Keys").</summary>
internal static class KeyText
{
    /// <summary>The longest key, in bytes.</summary>
    public const int MaxBytes = 250;

    // An escaped byte is written as '%' and two digits.
    private const int EscapedLength = 3;

    /// <summary>
    /// The position of the first character that a fixed part may not have, or -1. Where arguments are escaped, a '%' of a fixed part could
    /// be taken for the beginning of an escape, and two lists of arguments could give one key.
    /// </summary>
    public static int IndexOfForbidden(string text, KeyPolicy policy)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (text[i] is <= ' ' or '\x7F' || char.IsSurrogate(text[i]) || (text[i] == '%' && policy == KeyPolicy.Escape))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A character by a name that can be read in a message.</summary>
    public static string Describe(char character) => character switch
    {
        ' ' => "a blank",
        '%' => "'%', which KeyPolicy.Escape uses to mark its escapes",
        '\t' => "a tab",
        '\r' or '\n' => "a line end",
        _ when char.IsSurrogate(character) => string.Format(CultureInfo.InvariantCulture, "the lone surrogate U+{0:X4}", (int)character),
        _ => string.Format(CultureInfo.InvariantCulture, "the control character 0x{0:X2}", (int)character),
    };

    /// <summary>The size of a fixed part in bytes.</summary>
    public static int ByteCount(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>
    /// The most bytes that one UTF-16 code unit takes: an escaped byte of ASCII or three bytes as they are, or all of them escaped where
    /// the first is what ends the part. Half of a surrogate pair can take more; no policy that sends it then sends more than 250 bytes.
    /// </summary>
    public static int MaxCharBytes(byte delimiter) => delimiter switch
    {
        < 0x80 => EscapedLength,
        >= 0xE0 and < 0xF0 => EscapedLength * 3,
        _ => EscapedLength * 2,
    };

    /// <summary>The most bytes of a text with a limit in UTF-16 code units; null without one.</summary>
    public static int? MaxTextBytes(int? limit, byte delimiter) => limit is { } length
        // Far more than a key can have, and still a number that can be added to others.
        ? (int)Math.Min((long)length * MaxCharBytes(delimiter), int.MaxValue / 8)
        : null;

    /// <summary>The size in bytes of text that an argument gave, each byte escaped that has to be.</summary>
    public static int EscapedByteCount(string text, byte delimiter)
    {
        var (count, isEscaped) = (0, false);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            // A character is escaped with all of its bytes.
            isEscaped = (value & 0xC0) == 0x80 ? isEscaped : NeedsEscape(value, delimiter);
            count += isEscaped ? EscapedLength : 1;
        }

        return count;
    }

    private static bool NeedsEscape(byte value, byte delimiter) =>
        value is <= 0x20 or 0x7F or (byte)'%' || (delimiter != 0 && value == delimiter);
}
