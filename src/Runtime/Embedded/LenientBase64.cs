namespace TypedCache.Embedded;

/// <summary>
/// memcached's base64 decoder (base64.c): bytes outside the alphabet are skipped, the others have to come in
/// groups of four, and the first padded group ends the text.
/// </summary>
internal static class LenientBase64
{
    private const int Skipped = -1;

    /// <summary>Decodes into a buffer at least as long as the text; returns 0 bytes if the text is wrong.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var counted = 0;
        foreach (var c in text)
        {
            counted += ValueOf(c) == Skipped ? 0 : 1;
        }

        return counted == 0 || counted % 4 != 0 ? 0 : DecodeGroups(text, destination);
    }

    private static int DecodeGroups(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int written = 0, group = 0, inGroup = 0, padding = 0;
        foreach (var c in text)
        {
            var value = ValueOf(c);
            if (value == Skipped)
            {
                continue;
            }

            padding += c == '=' ? 1 : 0;
            group = (group << 6) | value;
            if (++inGroup < 4)
            {
                continue;
            }

            destination[written++] = (byte)(group >> 16);
            destination[written++] = (byte)(group >> 8);
            destination[written++] = (byte)group;
            if (padding > 0)
            {
                return padding > 2 ? 0 : written - padding;
            }

            group = inGroup = 0;
        }

        return written;
    }

    private static int ValueOf(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        (byte)'=' => 0,
        _ => Skipped,
    };
}
