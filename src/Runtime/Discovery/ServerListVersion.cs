namespace TypedCache;

/// <summary>The servers that a source names at one time.</summary>
/// <param name="Version">
/// Which list it is, where the source counts them: a lower number than the last one is a list that is out of date, and is ignored. Null: the
/// source does not count, and the newest list holds.
/// </param>
/// <param name="Servers">All servers, in the order that the hash strategy needs. One that is named twice counts once.</param>
public sealed record ServerListVersion(long? Version, IReadOnlyList<MemcachedServerOptions> Servers)
{
    /// <summary>Why the source could not name its servers this time; then <see cref="Servers"/> says nothing. Null: it could.</summary>
    public Exception? Failure { get; private init; }

    /// <summary>The source could not name its servers this time, and goes on asking.</summary>
    /// <param name="reason">Why.</param>
    public static ServerListVersion Failed(Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new ServerListVersion(Version: null, []) { Failure = reason };
    }
}
