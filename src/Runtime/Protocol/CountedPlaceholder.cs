namespace TypedCache.Protocol;

/// <summary>
/// Lets a counter be missing whose value is being created. A server refuses to count there, since the placeholder is no number, as it
/// does with other values that are none.
/// </summary>
internal static class CountedPlaceholder
{
    /// <summary>What follows an error.</summary>
    /// <param name="reply">The reply, which has the refusal.</param>
    /// <param name="line">The error: of those about the request, only the one about the value leaves the connection in step.</param>
    public static ReplyStep AfterError(CounterReply reply, ReadOnlySpan<byte> line) =>
        reply.Turn == CounterTurn.Count && line.StartsWith("CLIENT_ERROR"u8) ? Turn(reply, CounterTurn.Look) : ReplyStep.Done;

    /// <summary>What follows another reply.</summary>
    public static ReplyStep After(Request request, CounterReply reply) => reply.Turn switch
    {
        CounterTurn.Look => AfterLook(request, reply),
        CounterTurn.Release => Turn(reply, CounterTurn.Count),
        _ => ReplyStep.Done,
    };

    /// <summary>Whether a code answers the request.</summary>
    public static bool Fits(CounterTurn turn, ReplyCode code) => turn switch
    {
        CounterTurn.Look => code is ReplyCode.Ok or ReplyCode.Miss,
        CounterTurn.Release => code is ReplyCode.Ok or ReplyCode.NotFound or ReplyCode.Exists,
        _ => code == ReplyCode.NotFound,
    };

    // A lease that the look has won stays in the marks, and is given back.
    private static ReplyStep AfterLook(Request request, CounterReply reply)
    {
        var isPlaceholder = reply.IsPlaceholder;
        reply.Marks &= LeaseMarks.Won;
        if (reply.Code == ReplyCode.Miss || (isPlaceholder && request.Initial is not null))
        {
            reply.Refusal = null;
            return Turn(reply, reply.Code == ReplyCode.Miss ? CounterTurn.Count : CounterTurn.Release);
        }

        if (isPlaceholder)
        {
            reply.Refusal = null;
            reply.Code = ReplyCode.NotFound;
        }

        return ReplyStep.Done;
    }

    private static ReplyStep Turn(CounterReply reply, CounterTurn next)
    {
        reply.Turn = next;
        return ReplyStep.Again;
    }
}
