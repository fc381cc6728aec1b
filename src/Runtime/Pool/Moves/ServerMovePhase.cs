namespace TypedCache;

/// <summary>How far a pool is on its way from one list of servers to another (<see cref="ServerChangeOptions"/>).</summary>
public enum ServerMovePhase
{
    /// <summary>There is no move.</summary>
    None = 0,

    /// <summary>Keys that will move are read and written where they were, and removed where they will be.</summary>
    Prepare,

    /// <summary>Keys are read where they are now, and where they are missing on their former server. Writes remove them there first.</summary>
    WarmUp,

    /// <summary>Keys are read where they are now. Writes remove them on their former server first, since other processes may still read there.</summary>
    Closing,

    /// <summary>Writes also remove keys on their former server, so that a change back brings no old value back.</summary>
    CleanUp,
}
