using System.Text;

namespace TypedCache.Testing;

/// <summary>What a server has answered about one key.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Bytes">How long the value is.</param>
/// <param name="Flags">The flags of the value.</param>
/// <param name="IsStale">Whether it is stale.</param>
/// <param name="HasWonLease">Whether the asker has won the lease.</param>
/// <param name="IsLeaseTaken">Whether somebody else has it.</param>
/// <param name="Refusal">Why it refuses.</param>
internal sealed record WireReply(
    CallAnswer Answer, int Bytes = 0, uint Flags = 0, bool IsStale = false, bool HasWonLease = false, bool IsLeaseTaken = false, string? Refusal = null)
{
    /// <summary>Reads the reply to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="key">The key in question.</param>
    /// <param name="reply">All that was answered.</param>
    public static WireReply Read(WireCommand command, string key, ReadOnlySpan<byte> reply)
    {
        var words = FirstLine(reply).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["VALUE" or "END", ..] => ReadClassic(key, reply),
            ["VA", var length, .. var flags] => ReadValue(command, int.Parse(length, null), flags),
            ["HD", .. var flags] when command.Kind is CallKind.Get => ReadValue(command, 0, flags),
            ["EN", ..] => new WireReply(CallAnswer.Miss),
            ["NF", ..] => new WireReply(command.Kind is CallKind.Get or CallKind.Inspect ? CallAnswer.Miss : CallAnswer.NotFound),
            ["NOT_FOUND"] => new WireReply(CallAnswer.NotFound),
            ["NS", ..] or ["NOT_STORED"] => new WireReply(CallAnswer.NotStored),
            ["EX", ..] or ["EXISTS"] => new WireReply(CallAnswer.Changed),
            ["ERROR" or "CLIENT_ERROR" or "SERVER_ERROR", ..] => new WireReply(CallAnswer.Refused, Refusal: string.Join(' ', words)),
            [] when command.Kind is CallKind.Get => new WireReply(CallAnswer.Miss),
            _ => new WireReply(command.Kind is CallKind.Inspect ? CallAnswer.Hit : CallAnswer.Done),
        };
    }

    private static WireReply ReadValue(WireCommand command, int length, string[] flags)
    {
        if (command.Kind is not CallKind.Get)
        {
            return new WireReply(CallAnswer.Done);
        }

        var (won, taken) = (Array.IndexOf(flags, "W") >= 0, Array.IndexOf(flags, "Z") >= 0);
        var marks = Array.Find(flags, static flag => flag[0] == 'f') is { } given ? uint.Parse(given.AsSpan(1), null) : 0;

        // An empty value without flags holds the place of one that is being created.
        return length == 0 && marks == 0 && (won || taken)
            ? new WireReply(CallAnswer.Miss, HasWonLease: won, IsLeaseTaken: taken)
            : new WireReply(CallAnswer.Hit, length, marks, won || taken, won, taken);
    }

    // VALUE <key> <flags> <length> [<cas>] for each key that was found.
    private static WireReply ReadClassic(string key, ReadOnlySpan<byte> reply)
    {
        while (reply.StartsWith("VALUE "u8))
        {
            var line = FirstLine(reply);
            var words = line.Split(' ');
            var length = int.Parse(words[3], null);
            if (words[1] == key)
            {
                return new WireReply(CallAnswer.Hit, length, uint.Parse(words[2], null));
            }

            reply = reply[(Encoding.UTF8.GetByteCount(line) + length + 4)..];
        }

        return new WireReply(CallAnswer.Miss);
    }

    private static string FirstLine(ReadOnlySpan<byte> reply)
    {
        var end = reply.IndexOf("\r\n"u8);
        return Encoding.UTF8.GetString(end < 0 ? reply : reply[..end]);
    }
}
