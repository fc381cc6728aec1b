using System.Buffers.Text;
using System.Text;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Finds where replies end, so that whole ones can change places.</summary>
internal static class ReplyFrame
{
    private static readonly string[] Beginnings =
        ["VA ", "HD", "EN", "NF", "NS", "EX", "MN", "VALUE ", "STORED", "NOT_", "DELETED", "TOUCHED", "VERSION ", "STAT ", "OK", "ERROR", "SERVER_ERROR", "CLIENT_ERROR"];

    /// <summary>
    /// The length of the first reply, or 0 when it is not complete, or when the bytes begin within a payload: if that changed places with a
    /// record of the same length, nobody could see it.
    /// </summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (!BeginsReply(bytes))
        {
            return 0;
        }

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

    private static bool BeginsReply(ReadOnlySpan<byte> bytes)
    {
        foreach (var beginning in Beginnings)
        {
            if (bytes.StartsWith(Encoding.ASCII.GetBytes(beginning)))
            {
                return true;
            }
        }

        return false;
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
