namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>
/// Counts creates, and the expiries and invalidations that they were needed for: a create of an offer that was created lately, and has not been
/// changed or invalidated since, was needed for nothing.
/// </summary>
internal sealed class CreateCount
{
    // A value lives for 5 seconds, and memcached may drop it up to one second early.
    private const long Lately = 3_000;

    private readonly Last[] _last = [.. Enumerable.Range(0, OfferKeys.Offers).Select(static _ => new Last())];
    private int _all;
    private int _needed;

    /// <summary>How many creates there were.</summary>
    public int All => Volatile.Read(ref _all);

    /// <summary>How many of them were the first one after an expiry or invalidation, or of an offer that was not there.</summary>
    public int Needed => Volatile.Read(ref _needed);

    public void Reset()
    {
        Volatile.Write(ref _all, 0);
        Volatile.Write(ref _needed, 0);
    }

    public void Add(int id, Line offer, Line category)
    {
        Interlocked.Increment(ref _all);
        if (_last[id].IsNeeded(Environment.TickCount64, new State(offer.Version, offer.Invalidated, category.Version, category.Invalidated)))
        {
            Interlocked.Increment(ref _needed);
        }
    }

    private readonly record struct State(int Version, int Invalidated, int CategoryVersion, int CategoryInvalidated);

    private sealed class Last
    {
        private readonly Lock _gate = new();
        private long _when = long.MinValue / 2;
        private State _state;

        public bool IsNeeded(long now, State state)
        {
            lock (_gate)
            {
                if (state == _state && now - _when < Lately)
                {
                    return false;
                }

                (_when, _state) = (now, state);
                return true;
            }
        }
    }
}
