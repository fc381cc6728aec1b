namespace TypedCache;

/// <summary>What the pool knows of a server.</summary>
public enum ServerState
{
    /// <summary>Not connected; the next operation connects.</summary>
    Disconnected = 0,

    /// <summary>Connected.</summary>
    Connected,

    /// <summary>
    /// It could not be reached, or stopped answering, or is sick (<see cref="MemcachedServer.IsSick"/>). Operations go to the failover order at once, until a probe in the
    /// background succeeds.
    /// </summary>
    Failed,

    /// <summary>It is no longer one of the pool's servers. Calls that had begun end there; nothing new is sent.</summary>
    Draining,

    /// <summary>It is no longer one of the pool's servers, and its connections are closed.</summary>
    Removed,
}
