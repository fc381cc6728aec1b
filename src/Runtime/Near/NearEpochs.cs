namespace TypedCache.Near;

/// <summary>
/// Counts what changes, so that whoever has read something can tell whether it may have changed since: a read takes the count before it is
/// sent, and what it brings is kept only if the count is still the same. Many keys share one count, which costs a few that could be kept.
/// </summary>
internal sealed class NearEpochs
{
    private const int StripeCount = 256;

    private readonly int[] _stripes = new int[StripeCount];
    private int _all;

    /// <summary>The count of a key now.</summary>
    public long Of(int hash) => Combine(Volatile.Read(ref _all), Volatile.Read(ref _stripes[hash & (StripeCount - 1)]));

    /// <summary>The counts of all keys now.</summary>
    public Snapshot Take() => new(Volatile.Read(ref _all), (int[])_stripes.Clone());

    /// <summary>A key may change, or has changed.</summary>
    public void Advance(int hash) => Interlocked.Increment(ref _stripes[hash & (StripeCount - 1)]);

    /// <summary>All keys may change, or have changed.</summary>
    public void AdvanceAll() => Interlocked.Increment(ref _all);

    private static long Combine(int all, int stripe) => ((long)all << 32) | (uint)stripe;

    /// <summary>The counts of all keys at one time.</summary>
    /// <param name="All">The count of what concerns all.</param>
    /// <param name="Stripes">The counts of the stripes.</param>
    internal readonly record struct Snapshot(int All, int[] Stripes)
    {
        /// <summary>The count of a key.</summary>
        public long Of(int hash) => Combine(All, Stripes[hash & (StripeCount - 1)]);
    }
}
