namespace TypedCache.Protocol;

/// <summary>
/// Lets a counter be missing whose value is being created. A server refuses to count there, since the placeholder is no number, as it
/// does with other values that are none.
/// </summary>
internal static class CountedPlaceholder
{
    /// <summary>What follows a reply.</summary>
    public static ReplyStep After(Request request, CounterReply reply) => reply.Turn switch
    {
        CounterTurn.Count when reply.Refusal is not null => Turn(reply, CounterTurn.Look),
        CounterTurn.Look => AfterLook(request, reply),
        CounterTurn.Release when reply.Refusal is null => Turn(reply, CounterTurn.Count),
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
