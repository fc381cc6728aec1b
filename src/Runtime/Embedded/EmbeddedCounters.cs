namespace TypedCache.Embedded;

/// <summary>What <c>stats</c> counts, and <c>stats reset</c> sets back to 0. Changed under the lock of the store.</summary>
internal sealed class EmbeddedCounters
{
    public long GetCommands;
    public long SetCommands;
    public long FlushCommands;
    public long TouchCommands;
    public long MetaCommands;
    public long GetHits;
    public long GetMisses;
    public long GetExpired;
    public long GetFlushed;
    public long DeleteHits;
    public long DeleteMisses;
    public long IncrementHits;
    public long IncrementMisses;
    public long DecrementHits;
    public long DecrementMisses;
    public long CasHits;
    public long CasMisses;
    public long CasBadValue;
    public long TouchHits;
    public long TouchMisses;
    public long StoreTooLarge;
    public long BytesRead;
    public long BytesWritten;
    public long TotalItems;
    public long TotalConnections;
    public long Evictions;
    public long EvictedUnfetched;
    public long ExpiredUnfetched;
    public long Reclaimed;
}
