using TypedCache.Shared;
using TypedCache.Values;

namespace TypedCache.Caching;

/// <summary>
/// What the client flags say of an entry. Without a sliding expiration and with bytes they are 0, as those of text and bytes of any other
/// client. Bit 7 marks the rest, which no dialect of a value uses: bit 6 a deadline before the value, bits 8 to 31 the sliding expiration in
/// seconds.
/// </summary>
internal static class EntryFlags
{
    /// <summary>The longest sliding expiration in seconds: 194 days. What is longer ends after this time without a read.</summary>
    public const uint LongestSliding = (1u << 24) - 1;

    private const uint Marked = 0x80;
    private const uint Deadline = 0x40;
    private const int SlidingShift = 8;

    // A read renews when less than this part of the time is left.
    private const double RenewedBelow = 0.9;

    /// <summary>The flags of an entry.</summary>
    /// <param name="lifetime">How long it lives.</param>
    /// <param name="isEmpty">Whether it has no bytes: the mark tells it from the placeholder of a value that is being created.</param>
    public static uint Of(in EntryLifetime lifetime, bool isEmpty) =>
        (lifetime.SlidingSeconds << SlidingShift)
        | (lifetime.SlidingSeconds != 0 || isEmpty ? Marked : 0)
        | (lifetime.Deadline is null ? 0 : Deadline);

    /// <summary>Whether the value begins with its deadline.</summary>
    public static bool HasDeadline(uint flags) => (flags & (Marked | Deadline)) == (Marked | Deadline);

    /// <summary>The seconds for which an entry that was read lives on.</summary>
    /// <param name="info">What the server says of it.</param>
    /// <param name="untilDeadline">The time until its deadline; null: it has none.</param>
    /// <returns>0 if it keeps those that it has.</returns>
    public static long Renewal(in ItemInfo info, TimeSpan? untilDeadline)
    {
        var sliding = (info.Flags & Marked) == 0 ? 0 : info.Flags >> SlidingShift;
        if (sliding == 0)
        {
            return 0;
        }

        var seconds = (long)sliding + 1;
        if (untilDeadline is { } limit)
        {
            seconds = Math.Min(seconds, TimeToLive.SecondsFor(limit));
        }

        // Where the server does not say how much is left, each read renews.
        var keeps = info.TimeLeft is { } left && (left == Timeout.InfiniteTimeSpan || left.TotalSeconds >= RenewedBelow * seconds);
        return keeps ? 0 : seconds;
    }
}
