namespace TypedCache.Transport;

/// <summary>What to do about a server that takes no more connections.</summary>
internal static class ConnectionLimit
{
    /// <summary>The fix, as a sentence.</summary>
    public const string Fix = $"Raise its limit (option -c), or open fewer connections: share one pool in each process, and lower {PublicNames.ConnectionsPerServer}.";
}
