namespace TypedCache.Values;

/// <summary>The longest time that anything may live on a server.</summary>
/// <param name="seconds">In whole seconds, at least 1.</param>
/// <param name="time">The clock for expiries that are points in time.</param>
internal sealed class ExpiryLimit(long seconds, TimeProvider time)
{
    /// <summary>In whole seconds.</summary>
    public long Seconds => seconds;

    /// <summary>The sooner end.</summary>
    /// <param name="expiry">An expiry as it goes on the wire; 0 is never.</param>
    public long Apply(long expiry) => expiry switch
    {
        0 => seconds,
        > CacheExpiry.MaxRelativeSeconds => Apply(expiry, time.GetUtcNow().ToUnixTimeSeconds()),
        _ => Math.Min(expiry, seconds),
    };

    // Relative, so that no difference between two clocks makes it longer.
    private long Apply(long unixTime, long now) => unixTime <= now ? -1 : Math.Min(unixTime - now, seconds);
}
