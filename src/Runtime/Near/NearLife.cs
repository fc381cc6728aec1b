using TypedCache.Protocol;

namespace TypedCache.Near;

/// <summary>From when until when a value that was read may be given out, by <see cref="NearClock"/>.</summary>
/// <param name="Start">When it was asked for.</param>
/// <param name="End">When it expires on its server.</param>
internal readonly record struct NearLife(long Start, long End)
{
    /// <summary>The life of a value of which the server has said how many seconds it has left.</summary>
    /// <remarks>
    /// memcached's clock goes by seconds, and the second that has begun counts: an item with one second left may be gone at once
    /// (memcached's protocol.txt, "t").
    /// </remarks>
    /// <param name="start">When it was asked for.</param>
    /// <param name="timeLeft">As <see cref="Reply.TimeLeft"/>.</param>
    public static NearLife Of(long start, long timeLeft) =>
        new(start, timeLeft == Reply.Forever ? long.MaxValue : start + ((timeLeft - 1) * TimeSpan.TicksPerSecond));
}
