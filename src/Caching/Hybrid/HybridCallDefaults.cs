using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Caching;

/// <summary>Joins the options of a call with the default ones: what the call says counts, one option at a time.</summary>
internal sealed class HybridCallDefaults
{
    private static readonly TimeSpan UsualExpiration = TimeSpan.FromMinutes(5);

    private readonly HybridCacheEntryFlags _always;
    private readonly HybridCacheEntryFlags _flags;
    private readonly CacheExpiry _expires;
    private readonly TimeSpan _localExpiration;

    public HybridCallDefaults(TypedCacheHybridCacheOptions options)
    {
        _always = options.DisableCompression ? HybridCacheEntryFlags.DisableCompression : HybridCacheEntryFlags.None;
        _flags = options.DefaultEntryOptions?.Flags ?? HybridCacheEntryFlags.None;
        _expires = ToExpiry(options.DefaultEntryOptions?.Expiration ?? UsualExpiration);
        _localExpiration = options.DefaultEntryOptions?.LocalCacheExpiration ?? TimeSpan.Zero;
    }

    /// <exception cref="ArgumentOutOfRangeException">The expiration is not more than zero.</exception>
    public HybridCall Join(HybridCacheEntryOptions? options)
    {
        var flags = (options?.Flags ?? _flags) | _always;
        return new HybridCall(
            flags,
            options?.Expiration is { } expiration ? ToExpiry(expiration) : _expires,
            (flags & HybridCacheEntryFlags.DisableLocalCache) == 0 ? options?.LocalCacheExpiration ?? _localExpiration : TimeSpan.Zero);
    }

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
