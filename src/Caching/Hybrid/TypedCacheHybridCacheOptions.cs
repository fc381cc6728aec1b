using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Caching;

/// <summary>How <see cref="TypedCacheHybridCache"/> stores values, and how its callers wait for each other. Read once, when the cache is made.</summary>
public sealed class TypedCacheHybridCacheOptions
{
    private const int LongestInstanceName = 128;

    /// <summary>
    /// What stands before each key, by default <c>hybrid:</c>. It keeps the values apart from those of other users of the pool, whose bytes
    /// have another form.
    /// </summary>
    public string InstanceName { get; set; } = "hybrid:";

    /// <summary>
    /// What applies where a call says nothing. An expiration that is not said here either is 5 minutes, as that of Microsoft's
    /// implementation. A local expiration that is not said here either is none: nothing is kept in this process.
    /// </summary>
    public HybridCacheEntryOptions? DefaultEntryOptions { get; set; }

    /// <summary>Whether no value is compressed. Otherwise the pool's <c>CompressionOptions</c> decide.</summary>
    public bool DisableCompression { get; set; }

    /// <summary>
    /// How many bytes a serialized value may have, before compression: by default 1 MiB. A larger one is given to the callers and not
    /// stored, and an older value under its key is removed.
    /// </summary>
    /// <remarks>memcached itself takes 1 MiB by default (<c>-I 1m</c>), the key and about 60 bytes included, after compression.</remarks>
    public long MaximumPayloadBytes { get; set; } = 1024 * 1024;

    /// <summary>How many characters a key may have: by default 1024. Values of longer keys are created by each caller and not stored.</summary>
    public int MaximumKeyLength { get; set; } = 1024;

    /// <inheritdoc cref="GetOrCreateOptions.LeaseTime"/>
    public TimeSpan LeaseTime { get; set; } = GetOrCreateOptions.Default.LeaseTime;

    /// <inheritdoc cref="GetOrCreateOptions.LeaseWait"/>
    public TimeSpan LeaseWait { get; set; } = GetOrCreateOptions.Default.LeaseWait;

    /// <summary>
    /// For how long after its expiration the old value is still given out while one caller in the fleet creates the new one in the
    /// background: 0 (default, never) to 30 days.
    /// </summary>
    public TimeSpan Stale { get; set; }

    /// <inheritdoc cref="GetOrCreateOptions.FailSafe"/>
    public TimeSpan FailSafe { get; set; }

    /// <inheritdoc cref="GetOrCreateOptions.Jitter"/>
    public double Jitter { get; set; }

    /// <summary>
    /// For how long the versions of tags are kept in this process, which bounds for how long reads do not see that another process has removed
    /// a tag: 100 milliseconds to one day, by default one second; 0: each read asks for them.
    /// </summary>
    public TimeSpan TagNear { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How the pool looks at tags.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="TagNear"/> is not valid.</exception>
    internal TagOptions ToTagOptions() => new()
    {
        Near = TagNear == TimeSpan.Zero ? null
            : TagNear >= TimeSpan.FromMilliseconds(100) && TagNear <= TimeSpan.FromDays(1) ? new NearOptions { Duration = TagNear, SharesValues = true }
            : throw new ArgumentOutOfRangeException(nameof(TagNear), TagNear, $"{nameof(TagNear)} has to be 0, or from 100 milliseconds to one day."),
    };

    /// <summary>Checks the options, and gives those that the pool needs.</summary>
    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    internal GetOrCreateOptions ToPoolOptions()
    {
        ArgumentNullException.ThrowIfNull(InstanceName);
        if (InstanceName.Length > LongestInstanceName)
        {
            throw new ArgumentException(
                $"{nameof(InstanceName)} has {InstanceName.Length} characters and stands before each key; at most {LongestInstanceName} are allowed. Shorten it.");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumPayloadBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumKeyLength);
        if (FailSafe > TimeSpan.Zero && Stale == TimeSpan.Zero)
        {
            throw new ArgumentException($"{nameof(FailSafe)} serves stale values, and {nameof(Stale)} is 0, so there are none. Set {nameof(Stale)} too.");
        }

        return new GetOrCreateOptions
        {
            LeaseTime = LeaseTime,
            LeaseWait = LeaseWait,
            Stale = Stale,
            FailSafe = FailSafe,
            Jitter = Jitter,
            CacheNull = true,
        };
    }
}
