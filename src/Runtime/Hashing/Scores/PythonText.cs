using System.Text;

namespace TypedCache.Hashing;

/// <summary>Keys as Python's text formatting gives them.</summary>
internal static class PythonText
{
    /// <summary>Writes the low 8 bits of each character. Bytes that are not UTF-8 count as U+FFFD.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="output">Room for as many bytes as the text has.</param>
    /// <returns>How many characters there are.</returns>
    public static int WriteCharacters(ReadOnlySpan<byte> utf8, Span<byte> output)
    {
        var count = 0;
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var character, out var length);
            output[count++] = (byte)character.Value;
            utf8 = utf8[length..];
        }

        return count;
    }

    /// <summary>Writes bytes as Python shows them: <c>b'key'</c>, with double quotes where there are single ones and no double ones.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="output">Room for four times as many, and three more.</param>
    /// <returns>How many characters there are.</returns>
    public static int WriteBytes(ReadOnlySpan<byte> bytes, Span<byte> output)
    {
        var quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? (byte)'"' : (byte)'\'';
        output[0] = (byte)'b';
        output[1] = quote;
        var count = 2;
        foreach (var value in bytes)
        {
            count += WriteByte(value, quote, output[count..]);
        }

        output[count] = quote;
        return count + 1;
    }

    private static int WriteByte(byte value, byte quote, Span<byte> output)
    {
        var escape = value switch
        {
            (byte)'\t' => (byte)'t',
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            _ when value == '\\' || value == quote => value,
            _ => (byte)0,
        };
        if (escape == 0 && value is >= 0x20 and < 0x7F)
        {
            output[0] = value;
            return 1;
        }

        output[0] = (byte)'\\';
        output[1] = escape != 0 ? escape : (byte)'x';
        if (escape != 0)
        {
            return 2;
        }

        output[2] = HexDigit(value >> 4);
        output[3] = HexDigit(value & 0xF);
        return 4;
    }

    private static byte HexDigit(int value) => "0123456789abcdef"u8[value];
}
