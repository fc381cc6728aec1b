namespace TypedCache;

/// <summary>What the pool knows of a server.</summary>
public enum ServerState
{
    /// <summary>Not connected; the next operation connects.</summary>
    Disconnected = 0,

    /// <summary>Connected.</summary>
    Connected,

    /// <summary>
    /// It could not be reached, or stopped answering. Operations go to the failover order at once, until a probe in the
    /// background succeeds.
    /// </summary>
    Failed,
}
