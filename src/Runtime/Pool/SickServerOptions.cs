using TypedCache.Transport.Health;

namespace TypedCache;

/// <summary>
/// When a server that is connected but fails its callers is taken out, as one that cannot be reached is: its keys go to the failover order
/// until a probe in the background finds it well (<see cref="MemcachedPoolOptions.SickServers"/>).
/// </summary>
/// <remarks>
/// <para>
/// A call has failed if it ran into <see cref="MemcachedPoolOptions.OperationTimeout"/>, or the server answered <c>SERVER_ERROR</c>; calls
/// that are lost with one connection count as a quarter of <see cref="MinimumCalls"/> at most, so that one restart takes nothing out.
/// Misses, <c>CLIENT_ERROR</c>, values that are too large, unknown commands and calls that their callers cancelled say nothing against a
/// server. A server without memory (<c>SERVER_ERROR out of memory</c>, memcached's option <c>-M</c>) is also judged by its stores alone,
/// since it may still answer all reads.
/// </para>
/// <para>
/// The probe asks for what failed: a store of the same size where memory was short, a small command, three times, where calls timed out.
/// Each probe that fails doubles the time to the next one, up to <see cref="MemcachedPoolOptions.RetryInterval"/>. After its return a
/// server is counted anew; if it is taken out again within <see cref="Window"/>, the delays go on where they were.
/// </para>
/// </remarks>
public sealed class SickServerOptions
{
    /// <summary>From which share of failed calls on a server is taken out: more than 0, at most 1. Default: 0.5.</summary>
    public double FailureRate { get; set; } = 0.5;

    /// <summary>
    /// Over which time calls are counted, by <see cref="MemcachedPoolOptions.TimeProvider"/>: 100 milliseconds to 1 hour. It moves on in
    /// tenths. Default: 10 seconds.
    /// </summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many calls, or stores, there have to be within <see cref="Window"/> before a server is judged; at least 1. Default: 20.</summary>
    public int MinimumCalls { get; set; } = 20;

    /// <summary>
    /// Which share of the pool's servers may be out of use when one more is taken out for being sick, that one included: more than 0, at
    /// most 1. Default: 0.5. It is rounded down to whole servers, but one may always go. The last usable server stays, whatever this is: where
    /// the network is sick, or this process, all servers seem to be.
    /// </summary>
    public double MaxShareTakenOut { get; set; } = 0.5;

    internal HealthLimits Limits => new(FailureRate, Window, MinimumCalls);

    internal SickServerOptions Copy() => (SickServerOptions)MemberwiseClone();

    internal void Validate()
    {
        ThrowIfNoShare(FailureRate, nameof(FailureRate));
        ThrowIfNoShare(MaxShareTakenOut, nameof(MaxShareTakenOut));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumCalls, 1);
        if (Window < TimeSpan.FromMilliseconds(100) || Window > TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(nameof(Window), Window, $"{nameof(Window)} has to be between 100 milliseconds and 1 hour.");
        }
    }

    // Also true of what is not a number.
    private static void ThrowIfNoShare(double value, string name)
    {
        if (value is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to be more than 0 and at most 1.");
        }
    }
}
