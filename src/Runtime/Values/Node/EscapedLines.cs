namespace TypedCache.Values.Node;

/// <summary>
/// The npm package memcached writes a backslash before each CR and LF, without which it could not read the value, and removes one when it
/// reads (lib/utils.js, <c>escapeValue</c> and <c>unescapeValue</c>).
/// </summary>
internal static class EscapedLines
{
    private const byte Backslash = (byte)'\\';

    /// <summary>Puts a backslash before each CR and LF.</summary>
    public static void Escape(PayloadBuffer value)
    {
        var length = value.Length;
        var lines = value.WrittenSpan.Count((byte)'\r') + value.WrittenSpan.Count((byte)'\n');
        if (lines == 0)
        {
            return;
        }

        var all = value.Extend(lines);
        var to = all.Length;
        for (var from = length - 1; to > from + 1; from--)
        {
            all[--to] = all[from];
            if (all[from] is (byte)'\r' or (byte)'\n')
            {
                all[--to] = Backslash;
            }
        }
    }

    /// <summary>Removes a backslash before each CR and LF.</summary>
    public static ReadOnlyMemory<byte> Unescape(ReadOnlyMemory<byte> value)
    {
        var bytes = value.Span;
        if (bytes.IndexOf("\\\r"u8) < 0 && bytes.IndexOf("\\\n"u8) < 0)
        {
            return value;
        }

        var unescaped = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isEscape = bytes[i] == Backslash && i + 1 < bytes.Length && bytes[i + 1] is (byte)'\r' or (byte)'\n';
            if (!isEscape)
            {
                unescaped[length++] = bytes[i];
            }
        }

        return unescaped.AsMemory(0, length);
    }
}
