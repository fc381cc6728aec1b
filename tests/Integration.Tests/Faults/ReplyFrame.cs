using System.Buffers.Text;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Finds where replies end, so that whole ones can change places.</summary>
internal static class ReplyFrame
{
    /// <summary>The length of the first reply, or 0 when it is not complete.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (true)
        {
            var line = bytes[length..].IndexOf((byte)'\n') + 1;
            if (line == 0)
            {
                return 0;
            }

            var isBatch = bytes[length..].StartsWith("VALUE "u8);
            length += line + PayloadOf(bytes.Slice(length, line - 1));
            if (length > bytes.Length)
            {
                return 0;
            }

            if (!isBatch)
            {
                return length;
            }
        }
    }

    // VA <length> ... and VALUE <key> <flags> <length>; the payload ends with CR LF.
    private static int PayloadOf(ReadOnlySpan<byte> line)
    {
        var number = default(ReadOnlySpan<byte>);
        if (line.StartsWith("VA "u8))
        {
            number = line[3..];
        }
        else if (line.StartsWith("VALUE "u8))
        {
            number = line[(line.LastIndexOf((byte)' ') + 1)..];
        }

        return Utf8Parser.TryParse(number, out int length, out _) ? length + 2 : 0;
    }
}
