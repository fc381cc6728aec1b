using TypedCache;

namespace Atlas;

/// <summary>
/// The cache of the reports. A report is created once in the whole fleet, and is then one value: what it was made of is not read again
/// until its hour has passed.
/// </summary>
[CacheClient("atlas", Expires = "1h", Stale = "10m", Jitter = "10%")]
public partial interface IReportCache
{
    /// <summary>Reads the statistics of a country, or has them created.</summary>
    [CacheKey("statistics:{country}")]
    ValueTask<CountryStatistics> GetOrCreateStatisticsAsync(
        string country, Func<string, CancellationToken, ValueTask<CountryStatistics>> create, CancellationToken cancellationToken = default);

    /// <summary>Reads the large cities that are nearest to a city, or has them found.</summary>
    [CacheKey("nearby:{id}")]
    ValueTask<NearbyCity[]> GetOrCreateNearbyAsync(
        int id, Func<int, CancellationToken, ValueTask<NearbyCity[]>> create, CancellationToken cancellationToken = default);

    /// <summary>Reads the price list of a country, or has it made.</summary>
    [CacheKey("prices:{country}")]
    ValueTask<RegionPrice[]> GetOrCreatePricesAsync(
        string country, Func<string, CancellationToken, ValueTask<RegionPrice[]>> create, CancellationToken cancellationToken = default);

    /// <summary>Removes the statistics of many countries, and tells how many there were.</summary>
    [CacheKey("statistics:{countries}")]
    ValueTask<int> DeleteStatisticsAsync(IReadOnlyCollection<string> countries, CancellationToken cancellationToken = default);

    /// <summary>Removes what is near to many cities, and tells for how many there was something.</summary>
    [CacheKey("nearby:{ids}")]
    ValueTask<int> DeleteNearbyAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    /// <summary>Removes the price lists of many countries, and tells how many there were.</summary>
    [CacheKey("prices:{countries}")]
    ValueTask<int> DeletePricesAsync(IReadOnlyCollection<string> countries, CancellationToken cancellationToken = default);
}
