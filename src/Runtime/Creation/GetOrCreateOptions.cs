using TypedCache.Creation;

namespace TypedCache;

/// <summary>How a get-or-create operation stores, waits and fails. Make one object per kind of value and share it; it never changes.</summary>
/// <remarks>
/// memcached counts in whole seconds, so all times that go to a server are rounded up to them. All callers of a key should use the
/// same options.
/// </remarks>
public sealed class GetOrCreateOptions
{
    private const double LongestSeconds = CacheExpiry.MaxRelativeSeconds;

    private bool _checked;

    /// <summary>Values that never expire, no stale ones, and the default times.</summary>
    public static GetOrCreateOptions Default { get; } = new();

    /// <summary>When a value has to be created again. Default: never.</summary>
    public CacheExpiry Expires { get; init; }

    /// <summary>
    /// For how long after <see cref="Expires"/> the old value is still given out while one caller in the fleet creates the new one in
    /// the background: 0 (default, never) to 30 days. Values are stored for both times together.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or more than 30 days.</exception>
    public TimeSpan Stale
    {
        get;
        init => field = Checked(value, TimeSpan.Zero, nameof(Stale));
    }

    /// <summary>
    /// For how long, when the create function has failed and there is a stale value, that value counts as fresh, so that the next
    /// attempt is made only then: 0 (default: the next caller tries again) to 30 days. Needs <see cref="Stale"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or more than 30 days.</exception>
    public TimeSpan FailSafe
    {
        get;
        init => field = Checked(value, TimeSpan.Zero, nameof(FailSafe));
    }

    /// <summary>
    /// By which part of itself an expiry may be shorter, at random, so that values that were stored together do not expire together:
    /// 0 (default) to 1. See <see cref="CacheExpiry.WithJitter"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The part is not from 0 to 1.</exception>
    public double Jitter
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Jitter), value, $"{nameof(Jitter)} is a part of the expiry, from 0 to 1; 10% is 0.1.");
    }

    /// <summary>
    /// Of which share of the hits the value is compared with what the create function gives now, in the background: 0 (default, of none) to
    /// 1. <c>typedcache.audits</c> counts where they differ: there an invalidation was forgotten. Callers and the cache see nothing of it.
    /// </summary>
    /// <remarks>
    /// <see cref="MemcachedPoolOptions.MaxAuditsPerSecond"/> bounds the cost. The create function runs apart from the call that had the hit, perhaps
    /// after it: it must not use what ends with the call, or what only one may use at a time.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public double Audit
    {
        get;
        init
        {
            field = value is >= 0 and <= 1
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Audit), value, $"{nameof(Audit)} is a share of the hits, from 0 to 1; one in a thousand is 0.001.");
            Sampling = value > 0 ? new AuditSampling(value, BackgroundAudit.Begin) : null;
        }
    }

    /// <summary>
    /// For how long a caller who creates a missing value keeps others from doing so: 1 second to 30 days, by default 10 seconds. Make it
    /// longer than the create function takes; when it has passed, the next caller creates.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is less than a second, or more than 30 days.</exception>
    public TimeSpan LeaseTime
    {
        get;
        init => field = Checked(value, TimeSpan.FromSeconds(1), nameof(LeaseTime));
    }
    = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a process waits for a value that another process creates, before it creates the value itself: 0 to 30 days, by default
    /// 3 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or more than 30 days.</exception>
    public TimeSpan LeaseWait
    {
        get;
        init => field = Checked(value, TimeSpan.Zero, nameof(LeaseWait));
    }
    = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Whether a null from the create function is stored. Default: false, it is given to the callers, and the next one creates again.
    /// With true the codec has to have a form for null, as those of MessagePack have.
    /// </summary>
    public bool CacheNull { get; init; }

    /// <summary>
    /// How values are kept in this process; null (default): they are not. In the place of <see cref="NearOptions.Stale"/> stands
    /// <see cref="Stale"/>.
    /// </summary>
    public NearOptions? Near { get; init; }

    /// <summary><see cref="Near"/> with <see cref="Stale"/>. It is there once the options have been checked.</summary>
    internal NearOptions? NearAndStale { get; private set; }

    /// <summary>Which hits are audited; null: none.</summary>
    internal AuditSampling? Sampling { get; private init; }

    /// <summary>Where the last <see cref="Stale"/> seconds of a value's life begin, for the wire.</summary>
    internal uint StaleSeconds => WholeSeconds(Stale);

    internal uint LeaseSeconds => WholeSeconds(LeaseTime);

    /// <summary>Checks what no single property can see.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    internal void Validate()
    {
        if (!_checked)
        {
            if (FailSafe > TimeSpan.Zero && Stale == TimeSpan.Zero)
            {
                throw new ArgumentException($"{nameof(FailSafe)} serves stale values, and {nameof(Stale)} is 0, so there are none. Set {nameof(Stale)} too.");
            }

            NearAndStale = Near?.WithStale(Stale);
            _checked = true;
        }
    }

    /// <summary>Rounds up to whole seconds.</summary>
    internal static uint WholeSeconds(TimeSpan time) => (uint)((time.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);

    private static TimeSpan Checked(TimeSpan value, TimeSpan least, string name) =>
        value >= least && value.TotalSeconds <= LongestSeconds
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} has to be from {least.TotalSeconds:0} seconds to 30 days.");
}
