namespace TypedCache.Values.Node;

/// <summary>Bytes as the UTF-8 of the characters with their numbers: what becomes of a Buffer that is sent as a string of Latin-1.</summary>
internal static class Latin1
{
    private const byte FirstLead = 0xC2;
    private const byte LastLead = 0xC3;

    /// <summary>Makes two bytes of each that is not ASCII.</summary>
    public static void Encode(PayloadBuffer value)
    {
        var length = value.Length;
        var more = length - CountAscii(value.WrittenSpan);
        var all = value.Extend(more);
        var to = all.Length;
        for (var from = length - 1; to > from + 1; from--)
        {
            var single = all[from];
            if (single < 0x80)
            {
                all[--to] = single;
            }
            else
            {
                all[--to] = (byte)(0x80 | (single & 0x3F));
                all[--to] = (byte)(FirstLead | (single >> 6 & 1));
            }
        }
    }

    /// <summary>Undoes it.</summary>
    /// <returns>False if there is a character beyond Latin-1, or no UTF-8.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> value, out ReadOnlyMemory<byte> bytes)
    {
        bytes = value;
        var encoded = value.Span;
        var ascii = CountAscii(encoded);
        if (ascii == encoded.Length)
        {
            return true;
        }

        var decoded = new byte[ascii + ((encoded.Length - ascii) / 2)];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var single = encoded[i];
            if (single >= 0x80)
            {
                if (single is not (FirstLead or LastLead) || i + 1 == encoded.Length || (encoded[i + 1] & 0xC0) != 0x80)
                {
                    return false;
                }

                single = (byte)((single << 6) | (encoded[++i] & 0x3F));
            }

            decoded[length++] = single;
        }

        bytes = decoded;
        return true;
    }

    private static int CountAscii(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var value in bytes)
        {
            count += value < 0x80 ? 1 : 0;
        }

        return count;
    }
}
