namespace TypedCache.Tests.Pool.Returning;

/// <summary>What happens to the next requests that are sent to a server.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is lost before they arrive.</summary>
    LostBefore,

    /// <summary>They are carried out, and the connection is lost before an answer comes.</summary>
    LostAfter,
}
