namespace Atlas;

/// <summary>Where reports come from: the database, or the cache in front of it.</summary>
internal interface IReportSource
{
    /// <summary>How many cities <see cref="FindNearbyAsync"/> gives.</summary>
    const int Nearby = 10;

    /// <summary>From how many inhabitants on a city is a large one.</summary>
    const int LargeCity = 100_000;

    /// <summary>The statistics of a country.</summary>
    ValueTask<CountryStatistics> FindStatisticsAsync(string country, CancellationToken cancellationToken);

    /// <summary>The large cities that are nearest to a city, the nearest first.</summary>
    ValueTask<NearbyCity[]> FindNearbyAsync(int id, CancellationToken cancellationToken);

    /// <summary>The price list of a country, by region.</summary>
    ValueTask<RegionPrice[]> FindPricesAsync(string country, CancellationToken cancellationToken);
}
