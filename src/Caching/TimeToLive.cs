namespace TypedCache.Shared;

/// <summary>
/// How long servers are told to keep what has to live for a time. memcached counts whole seconds, and the first one may end at any moment:
/// one more keeps a value from ending before its time.
/// </summary>
internal static class TimeToLive
{
    /// <summary>The seconds that a server is told.</summary>
    /// <param name="time">More than zero.</param>
    public static long SecondsFor(TimeSpan time) => WholeSeconds(time) + 1;

    /// <summary>A time in whole seconds, rounded up.</summary>
    /// <param name="time">Not negative.</param>
    public static long WholeSeconds(TimeSpan time) =>
        (time.Ticks / TimeSpan.TicksPerSecond) + (time.Ticks % TimeSpan.TicksPerSecond > 0 ? 1 : 0);
}
