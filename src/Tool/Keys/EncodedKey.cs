namespace TypedCache.Tool.Keys;

/// <summary>Keys as memcached writes them in its logs and dumps: percent-encoded (util.c, <c>uriencode</c>).</summary>
internal static class EncodedKey
{
    /// <summary>The most bytes that an encoded key has.</summary>
    public const int MaxLength = 3 * 250;

    /// <summary>Decodes a key.</summary>
    /// <param name="encoded">The key as it is written.</param>
    /// <param name="target">Where its bytes go: as many as <paramref name="encoded"/> has, at most.</param>
    /// <returns>How many bytes the key has.</returns>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> target)
    {
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && i + 2 < encoded.Length && HexDigit(encoded[i + 1]) is >= 0 and var high && HexDigit(encoded[i + 2]) is >= 0 and var low)
            {
                target[length++] = (byte)((high << 4) | low);
                i += 2;
            }
            else
            {
                target[length++] = encoded[i];
            }
        }

        return length;
    }

    private static int HexDigit(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        _ => -1,
    };
}
