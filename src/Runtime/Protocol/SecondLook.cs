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

        request.LooksTwice = false;
        reply.Code = ReplyCode.None;
        reply.Marks = LeaseMarks.None;
        return true;
    }
}
