namespace TypedCache.Protocol;

/// <summary>
/// What a server answers to a <see cref="ReplayText"/>. What it refuses is counted, and no reason to send it again: it would be refused
/// then too.
/// </summary>
internal sealed class ReplayReply : Reply
{
    /// <summary>How many lines are still to come; 0: all up to <c>MN</c>, since the requests are quiet.</summary>
    public int Due { get; set; }

    /// <summary>How many of the requests the server has refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It answers none of the requests.</exception>
    public ReplyStep Read(ReadOnlySpan<byte> line)
    {
        var isQuiet = Due == 0;
        if (!(isQuiet && line.SequenceEqual("MN"u8)))
        {
            Count(line);
            if (isQuiet || --Due > 0)
            {
                return ReplyStep.More;
            }
        }

        Code = ReplyCode.Ok;
        return ReplyStep.Done;
    }

    private void Count(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("SERVER_ERROR"u8) || line.StartsWith("CLIENT_ERROR"u8) || line.SequenceEqual("ERROR"u8))
        {
            Refused++;
        }
        else if (!IsDone(line))
        {
            throw new FormatException("it does not answer a delete");
        }
    }

    // Servers say of a missing key that it is missing, quiet as the request may be.
    private static bool IsDone(ReadOnlySpan<byte> line) =>
        line.SequenceEqual("DELETED"u8) || line.SequenceEqual("NOT_FOUND"u8) || line.SequenceEqual("OK"u8)
        || line.SequenceEqual("NF"u8) || line.SequenceEqual("HD"u8);
}
