namespace TypedCache.Protocol;

/// <summary>
/// Gives a placeholder back the expiry that a touch has taken from it. A server touches placeholders as it does values; with the expiry
/// of a value, one whose creator has died would keep all others waiting for as long.
/// </summary>
internal static class TouchedPlaceholder
{
    // As leases are by default, in seconds: for what another touch has changed before.
    private const long TypicalLease = 10;

    /// <summary>What follows a reply.</summary>
    public static ReplyStep After(Request request, Reply reply)
    {
        if (request.Verb is not (Verb.Touch or Verb.GetAndTouch) || reply.Code != ReplyCode.Ok)
        {
            return ReplyStep.Done;
        }

        var isRestoring = reply.RestoredExpiry is not null;
        if (reply.IsPlaceholder == isRestoring)
        {
            return ReplyStep.Done;
        }

        // Where a value has come in the meantime, it is what the caller wanted to touch.
        reply.RestoredExpiry = isRestoring ? null : ExpiryBefore(request.WireExpiry, reply.TimeLeft);
        reply.Marks &= LeaseMarks.Won;
        return ReplyStep.Again;
    }

    private static long ExpiryBefore(long touched, long timeLeft)
    {
        var isOfAnotherTouch = timeLeft is Reply.Forever or > CacheExpiry.MaxRelativeSeconds || (touched > 0 && timeLeft >= touched - 1);
        return !isOfAnotherTouch ? Math.Max(timeLeft, 1)
            : timeLeft == Reply.Forever ? TypicalLease
            : Math.Clamp(timeLeft, 1, TypicalLease);
    }
}
