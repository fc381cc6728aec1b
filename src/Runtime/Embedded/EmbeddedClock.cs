namespace TypedCache.Embedded;

/// <summary>memcached's clock: whole seconds since shortly before the server started.</summary>
internal sealed class EmbeddedClock
{
    /// <summary>Expiries longer than 30 days are read as Unix time (protocol.txt, "Expiration times").</summary>
    private const int LongestRelative = 60 * 60 * 24 * 30;

    // memcached's clock starts here (memcached.c, process_started), which shows in the time left of items stored as expired.
    private const uint StartedAt = 62;
    private const uint AlreadyExpired = 1;

    private readonly TimeProvider _time;
    private readonly long _startStamp;
    private readonly long _zeroUnixTime;

    public EmbeddedClock(TimeProvider time)
    {
        _time = time;
        _startStamp = time.GetTimestamp();
        _zeroUnixTime = time.GetUtcNow().ToUnixTimeSeconds() - StartedAt;
    }

    /// <summary>Seconds on this clock; never 0.</summary>
    public uint Now => StartedAt + Uptime;

    /// <summary>Whole seconds since the server started.</summary>
    public uint Uptime => (uint)(_time.GetElapsedTime(_startStamp).Ticks / TimeSpan.TicksPerSecond);

    /// <summary>The Unix time of a second on this clock.</summary>
    public long UnixTime(uint second) => _zeroUnixTime + second;

    /// <summary>Turns the expiry of a command into a second on this clock; 0 is never.</summary>
    public uint ToSecond(int expiry, uint now) => expiry switch
    {
        0 => 0,
        < 0 => AlreadyExpired,
        <= LongestRelative => now + (uint)expiry,
        _ => expiry <= _zeroUnixTime ? AlreadyExpired : (uint)(expiry - _zeroUnixTime),
    };
}
