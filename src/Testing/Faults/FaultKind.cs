namespace TypedCache.Testing;

/// <summary>What can happen to a call.</summary>
internal enum FaultKind
{
    /// <summary>The connection is closed instead of an answer.</summary>
    Fail,

    /// <summary>The server refuses.</summary>
    Refuse,

    /// <summary>The connection is closed in the middle of the reply.</summary>
    Cut,

    /// <summary>The reply comes late, or never.</summary>
    Delay,
}
