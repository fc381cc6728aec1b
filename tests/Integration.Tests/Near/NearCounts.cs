namespace TypedCache.Integration.Tests.Near;

/// <summary>What the callers of a schedule have done.</summary>
internal sealed class NearCounts
{
    public long Operations;
    public long Hits;
    public long Writes;
    public long Created;
    public long Failed;
}
