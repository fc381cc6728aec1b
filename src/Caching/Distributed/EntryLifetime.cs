using System.Runtime.InteropServices;
using Microsoft.Extensions.Caching.Distributed;
using TypedCache.Shared;

namespace TypedCache.Caching;

/// <summary>How long an entry lives, and how that is stored with it.</summary>
/// <param name="SlidingSeconds">For how long it may go unread, in seconds; 0: it may be unread for ever.</param>
/// <param name="Deadline">When it ends however often it is read, where that is stored; null: it is not.</param>
/// <param name="Expiry">What the server is told.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntryLifetime(uint SlidingSeconds, DateTimeOffset? Deadline, CacheExpiry Expiry)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Reads the options of a store.</summary>
    /// <param name="options">What the caller wants.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null for what lives for less than a second: it is not stored.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The absolute expiration is not in the future.</exception>
    public static EntryLifetime? Of(DistributedCacheEntryOptions options, DateTimeOffset now)
    {
        var absolute = TimeLeft(options, now);
        if (absolute < Shortest || options.SlidingExpiration < Shortest)
        {
            return null;
        }

        if (options.SlidingExpiration is not { } sliding)
        {
            return new EntryLifetime(0, null, absolute is { } left ? CacheExpiry.FromSeconds(TimeToLive.SecondsFor(left)) : CacheExpiry.Never);
        }

        var seconds = (uint)Math.Min(TimeToLive.WholeSeconds(sliding), EntryFlags.LongestSliding);
        return absolute is { } limit
            ? new EntryLifetime(seconds, DateTimeOffset.MaxValue - now > limit ? now + limit : DateTimeOffset.MaxValue, CacheExpiry.FromSeconds(Math.Min(seconds + 1, TimeToLive.SecondsFor(limit))))
            : new EntryLifetime(seconds, null, CacheExpiry.FromSeconds(seconds + 1));
    }

    // Microsoft's setters have checked the others. Of two absolute expirations, the relative one counts, as in Microsoft's caches.
    private static TimeSpan? TimeLeft(DistributedCacheEntryOptions options, DateTimeOffset now) =>
        options.AbsoluteExpirationRelativeToNow is { } relative ? Capped(relative)
        : options.AbsoluteExpiration is not { } absolute ? null
        : absolute > now ? Capped(absolute - now)
        : throw NotInFuture(nameof(DistributedCacheEntryOptions.AbsoluteExpiration), absolute);

    private static ArgumentOutOfRangeException NotInFuture(string name, DateTimeOffset time) =>
        new(name, time, "The absolute expiration value must be in the future.");

    // What memcached cannot count to is for ever, and CacheExpiry takes no time beyond the year 9999.
    private static TimeSpan Capped(TimeSpan time) => time < Longest ? time : Longest;

    private static TimeSpan Longest => TimeSpan.FromDays(365 * 1000);
}
