namespace Atlas;

/// <summary>Reports from the cache, and those that are not there from the source behind it.</summary>
internal sealed class CachedReports(IReportCache cache, IReportSource source) : IReportSource
{
    private long _misses;

    /// <summary>How many reports the cache asked the source for, so far.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    public ValueTask<CountryStatistics> FindStatisticsAsync(string country, CancellationToken cancellationToken) =>
        cache.GetOrCreateStatisticsAsync(country, CreateStatisticsAsync, cancellationToken);

    public ValueTask<NearbyCity[]> FindNearbyAsync(int id, CancellationToken cancellationToken) =>
        cache.GetOrCreateNearbyAsync(id, CreateNearbyAsync, cancellationToken);

    public ValueTask<RegionPrice[]> FindPricesAsync(string country, CancellationToken cancellationToken) =>
        cache.GetOrCreatePricesAsync(country, CreatePricesAsync, cancellationToken);

    private ValueTask<CountryStatistics> CreateStatisticsAsync(string country, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _misses);
        return source.FindStatisticsAsync(country, cancellationToken);
    }

    private ValueTask<NearbyCity[]> CreateNearbyAsync(int id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _misses);
        return source.FindNearbyAsync(id, cancellationToken);
    }

    private ValueTask<RegionPrice[]> CreatePricesAsync(string country, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _misses);
        return source.FindPricesAsync(country, cancellationToken);
    }
}
