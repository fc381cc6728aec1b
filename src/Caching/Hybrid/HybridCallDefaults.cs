using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Caching;

/// <summary>Joins the options of a call with the default ones: what the call says counts, one option at a time.</summary>
internal sealed class HybridCallDefaults
{
    private static readonly TimeSpan UsualExpiration = TimeSpan.FromMinutes(5);

    private readonly HybridCacheEntryFlags _always;
    private readonly HybridCacheEntryFlags _flags;
    private readonly CacheExpiry _expires;

    public HybridCallDefaults(TypedCacheHybridCacheOptions options)
    {
        _always = options.DisableCompression ? HybridCacheEntryFlags.DisableCompression : HybridCacheEntryFlags.None;
        _flags = options.DefaultEntryOptions?.Flags ?? HybridCacheEntryFlags.None;
        _expires = ToExpiry(options.DefaultEntryOptions?.Expiration ?? UsualExpiration);
    }

    /// <exception cref="ArgumentOutOfRangeException">The expiration is not more than zero.</exception>
    public HybridCall Join(HybridCacheEntryOptions? options) => new(
        (options?.Flags ?? _flags) | _always,
        options?.Expiration is { } expiration ? ToExpiry(expiration) : _expires);

    private static CacheExpiry ToExpiry(TimeSpan expiration)
    {
        if (expiration <= TimeSpan.Zero && expiration != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(
                nameof(expiration), expiration, "The expiration has to be more than zero. Set DisableDistributedCacheWrite for a value that is not to be stored.");
        }

        return expiration == TimeSpan.MaxValue ? CacheExpiry.Never : CacheExpiry.After(expiration);
    }
}
