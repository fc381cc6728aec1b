namespace TypedCache.Protocol;

/// <summary>How far the bytes so far have brought a reply.</summary>
internal enum ReplyStep
{
    /// <summary>The line is not complete: read more and try again.</summary>
    NeedMore,

    /// <summary>A line was taken and a payload follows: the reply has room for it.</summary>
    Payload,

    /// <summary>A line was taken and more of the same reply follows.</summary>
    More,

    /// <summary>The reply is complete.</summary>
    Done,

    /// <summary>The reply is complete, and another request has to follow.</summary>
    Again,
}
