namespace TypedCache.Transport;

/// <summary>What became of the attempt to queue an operation on a connection.</summary>
internal enum SendOutcome
{
    /// <summary>It is on its way.</summary>
    Queued,

    /// <summary>The connection is closed; the operation was not taken.</summary>
    Closed,

    /// <summary>The server does not keep up and the send queue is full; the operation was not taken.</summary>
    Full,

    /// <summary>The connection is newer than the operation's CAS number; the operation was not taken.</summary>
    Outdated,
}
