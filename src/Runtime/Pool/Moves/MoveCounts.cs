namespace TypedCache.Pool.Moves;

/// <summary>How many of the reads that went to former servers have found a value there.</summary>
internal sealed class MoveCounts
{
    // Fewer say nothing.
    private const long FewestReads = 100;

    private long _reads;
    private long _hits;

    /// <summary>Counts reads.</summary>
    /// <param name="hits">How many have found a value.</param>
    /// <param name="reads">How many there were.</param>
    public void Add(int hits, int reads)
    {
        Interlocked.Add(ref _reads, reads);
        Interlocked.Add(ref _hits, hits);
    }

    /// <summary>Whether fewer than 1 % of the reads since it was last asked have found anything.</summary>
    public bool TakeIsOver()
    {
        var reads = Interlocked.Exchange(ref _reads, 0);
        var hits = Interlocked.Exchange(ref _hits, 0);
        return reads >= FewestReads && hits * 100 < reads;
    }
}
