namespace TypedCache.Protocol;

/// <summary>Has a read that has found nothing go on to another server.</summary>
internal static class SecondLook
{
    /// <summary>Whether another request follows a reply; the reply is empty then.</summary>
    public static bool Follows(Request request, Reply reply)
    {
        if (!request.LooksTwice || (reply.Code != ReplyCode.Miss && !reply.IsPlaceholder) || (reply.Marks & LeaseMarks.Won) != 0)
        {
            return false;
        }

        // CAS numbers are those of the first server.
        request.LooksTwice = false;
        request.Cas = 0;
        request.NewestConnection = int.MaxValue;
        reply.Code = ReplyCode.None;
        reply.Marks = LeaseMarks.None;
        reply.Cas = 0;
        return true;
    }
}
