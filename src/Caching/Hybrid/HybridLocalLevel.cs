using System.Collections.Concurrent;

namespace TypedCache.Caching;

/// <summary>How values are kept in this process, for each local expiration that calls ask for.</summary>
/// <param name="without">How they are created where they are not kept.</param>
internal sealed class HybridLocalLevel(GetOrCreateOptions without)
{
    // Calls that compute their expirations get options of their own, beyond so many.
    private const int MaxKept = 256;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(TimeSpan Expiration, bool Shares), GetOrCreateOptions> _kept = new();

    /// <summary>The options of a create.</summary>
    /// <param name="expiration">For how long its value is kept. Less than 100 milliseconds: not at all. More than a day is a day.</param>
    /// <param name="shares">Whether all callers get the same object.</param>
    public GetOrCreateOptions Of(TimeSpan expiration, bool shares)
    {
        if (expiration < Shortest)
        {
            return without;
        }

        var asked = (expiration < Longest ? expiration : Longest, shares);
        return _kept.TryGetValue(asked, out var options) ? options
            : _kept.Count < MaxKept ? _kept.GetOrAdd(asked, Make)
            : Make(asked);
    }

    private GetOrCreateOptions Make((TimeSpan Expiration, bool Shares) asked) => new()
    {
        LeaseTime = without.LeaseTime,
        LeaseWait = without.LeaseWait,
        Stale = without.Stale,
        FailSafe = without.FailSafe,
        Jitter = without.Jitter,
        CacheNull = without.CacheNull,
        Near = new NearOptions { Duration = asked.Expiration, SharesValues = asked.Shares, Stale = without.Stale },
    };
}
