namespace TypedCache.AspNetCore.Dashboard;

/// <summary>What has been counted for one template since the recording began.</summary>
internal sealed class TemplateCounts
{
    /// <summary>How many columns there are.</summary>
    public const int Length = (int)Column.NearHits + 1;

    private readonly long[] _counts = new long[Length];

    /// <summary>Counts.</summary>
    public void Add(Column column, long count) => Interlocked.Add(ref _counts[(int)column], count);

    /// <summary>What has been counted.</summary>
    public long this[int column] => Volatile.Read(ref _counts[column]);
}
