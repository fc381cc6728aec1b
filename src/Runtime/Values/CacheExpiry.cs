using System.Globalization;

namespace TypedCache;

/// <summary>When a value expires. <c>default</c> is <see cref="Never"/>.</summary>
/// <remarks>
/// memcached counts in whole seconds, reads 0 as "never" and anything over 30 days as a Unix time (protocol.txt,
/// "Expiration times"). This type rounds up to the next second and converts, so callers need not care. memcached's numbers end
/// on 2038-01-19: later times become that second, or 30 days from now where that is later.
/// </remarks>
public readonly record struct CacheExpiry
{
    /// <summary>The longest time that memcached reads as relative, in seconds: 30 days.</summary>
    internal const long MaxRelativeSeconds = 60 * 60 * 24 * 30;

    // memcached reads times as 32-bit numbers: a later one would drop the value at once (seen on 1.6.18).
    private const long LastUnixTime = int.MaxValue;

    // 9999-12-31T23:59:59, where .NET's calendar ends, and a time from now that stays before it.
    private const long LastDate = 253_402_300_799;
    private const long LongestSeconds = 8000L * 366 * 24 * 60 * 60;

    private readonly long _seconds;
    private readonly bool _absolute;
    private readonly float _jitter;

    private CacheExpiry(long seconds, bool absolute, float jitter = 0)
    {
        _seconds = seconds;
        _absolute = absolute;
        _jitter = jitter;
    }

    /// <summary>The value stays until the server needs its memory.</summary>
    public static CacheExpiry Never => default;

    /// <summary>Expires when the time has passed, rounded up to whole seconds.</summary>
    /// <param name="time">More than zero, or <see cref="Timeout.InfiniteTimeSpan"/> for never.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is zero or negative, or ends beyond the year 9999.</exception>
    public static CacheExpiry After(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan)
        {
            return Never;
        }

        if (time <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(
                nameof(time), time, "An expiry has to be more than zero. Use CacheExpiry.Never for a value that does not expire, or delete the key.");
        }

        return AfterNamed(time, nameof(time));
    }

    /// <summary>Expires a number of seconds from now.</summary>
    /// <param name="seconds">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="seconds"/> is less than 1, or ends beyond the year 9999.</exception>
    public static CacheExpiry FromSeconds(long seconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, LongestSeconds);
        return new CacheExpiry(seconds, absolute: false);
    }

    /// <summary>Expires at a point in time. If it has passed, the server drops the value at once.</summary>
    /// <param name="time">The point in time; fractions of a second are rounded up.</param>
    public static CacheExpiry At(DateTimeOffset time)
    {
        var seconds = (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
        return new CacheExpiry(Math.Min(seconds, LastDate), absolute: true);
    }

    /// <summary>
    /// Makes the expiry shorter by a random part of itself, drawn again for each value stored with it, so that values stored
    /// together do not expire together. At least a second is left. <see cref="Never"/> and points in time stay as they are.
    /// </summary>
    /// <param name="part">The largest part, from 0 to 1: 0.1 makes an hour 54 to 60 minutes. 0 changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="part"/> is not from 0 to 1.</exception>
    public CacheExpiry WithJitter(double part)
    {
        if (part is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(part), part, "The jitter is a part of the expiry, from 0 to 1; 10% is 0.1.");
        }

        return _absolute || part == 0 || _seconds <= 1 ? this : new CacheExpiry(_seconds, absolute: false, (float)part);
    }

    /// <summary>
    /// A later expiry, by a time rounded up to whole seconds; <see cref="Never"/> stays as it is. A jitter takes as many seconds as
    /// before, and is still drawn again for each value. The result is not beyond the year 9999.
    /// </summary>
    /// <param name="time">How much later: not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public CacheExpiry Extend(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        if (this == Never)
        {
            return this;
        }

        var seconds = Math.Min(_seconds + WholeSeconds(time), _absolute ? LastDate : LongestSeconds);
        if (_absolute)
        {
            return new CacheExpiry(seconds, absolute: true);
        }

        // At least a second is left before what was added.
        var longestJitter = Math.Min(_seconds * (double)_jitter, _seconds - 1);
        return new CacheExpiry(seconds, absolute: false, (float)(longestJitter / seconds));
    }

    /// <summary>The same as <see cref="After"/>.</summary>
    public static implicit operator CacheExpiry(TimeSpan time) => After(time);

    /// <summary>The same as <see cref="After"/>.</summary>
    public static CacheExpiry FromTimeSpan(TimeSpan time) => After(time);

    /// <summary>After how many seconds, without jitter; null: never, or at a point in time.</summary>
    internal long? RelativeSeconds => _absolute || _seconds == 0 ? null : _seconds;

    /// <summary>What goes on the wire: 0, seconds up to 30 days, or a Unix time.</summary>
    internal long ToWire(TimeProvider time)
    {
        if (_absolute)
        {
            // Up to 30 days after the epoch a Unix time would be read as relative; -1 is memcached's "already expired".
            return _seconds <= MaxRelativeSeconds ? -1 : Representable(_seconds, time);
        }

        var seconds = _jitter == 0 ? _seconds : Earlier(Random.Shared.NextDouble());
        return seconds <= MaxRelativeSeconds ? seconds : Representable(time.GetUtcNow().ToUnixTimeSeconds() + seconds, time);
    }

    /// <summary>The expiry as text, for logs: <c>never</c>, <c>after 90 s</c>, <c>after 81 to 90 s</c> or a UTC time.</summary>
    public override string ToString() => (_absolute, _seconds) switch
    {
        (true, _) => DateTimeOffset.FromUnixTimeSeconds(_seconds).ToString("u", CultureInfo.InvariantCulture),
        (false, 0) => "never",
        _ when _jitter > 0 => string.Create(CultureInfo.InvariantCulture, $"after {Earlier(1)} to {_seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"after {_seconds} s"),
    };

    /// <summary>The expiry after a time that is more than zero.</summary>
    /// <param name="time">The time.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time ends beyond the year 9999.</exception>
    internal static CacheExpiry AfterNamed(TimeSpan time, string name)
    {
        var seconds = WholeSeconds(time);
        return seconds <= LongestSeconds
            ? new CacheExpiry(seconds, absolute: false)
            : throw new ArgumentOutOfRangeException(name, time, $"{name} ends beyond the year 9999. Use a shorter time.");
    }

    // Rounded up; no time is too long for it.
    private static long WholeSeconds(TimeSpan time) =>
        (time.Ticks / TimeSpan.TicksPerSecond) + (time.Ticks % TimeSpan.TicksPerSecond > 0 ? 1 : 0);

    // The last second that memcached knows stands for all later ones, and the longest relative time for that one once it is near.
    private static long Representable(long unixTime, TimeProvider time)
    {
        if (unixTime <= LastUnixTime)
        {
            return unixTime;
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return now + MaxRelativeSeconds <= LastUnixTime ? LastUnixTime
            : unixTime <= now ? -1
            : Math.Min(unixTime - now, MaxRelativeSeconds);
    }

    // Earlier by a part of the jitter; at least a second is left.
    private long Earlier(double part) => Math.Max(1, _seconds - (long)Math.Round(_seconds * (double)_jitter * part));
}
