using TypedCache;

namespace Atlas;

/// <summary>
/// The cache of the atlas. This is all there is to write: keys, bytes and calls are generated at compile time, and
/// <c>pool.CreateClient&lt;ICityCache&gt;()</c> gives the implementation.
/// </summary>
[CacheClient("atlas", Expires = "1h", Stale = "10m", Jitter = "10%")]
public partial interface ICityCache
{
    /// <summary>
    /// Reads a city under <c>atlas:city:{id}</c>, or has it created and stored. Of all callers who miss it, in all processes, one
    /// creates it; for ten minutes after its hour, callers get the old one while one of them creates it anew.
    /// </summary>
    [CacheKey("city:{id}", Near = "0s")]
    ValueTask<City?> GetOrCreateCityAsync(
        int id, Func<int, CancellationToken, ValueTask<City?>> create, CancellationToken cancellationToken = default);

    /// <summary>
    /// The same, but a city that was read in the last second comes from this process: no server is asked. For five minutes the
    /// server is then asked only whether it has changed. A city cannot change, so all callers get the same object.
    /// </summary>
    [CacheKey("city:{id}", Near = "1s", NearRevalidate = "5m")]
    ValueTask<City?> GetOrCreateNearCityAsync(
        int id, Func<int, CancellationToken, ValueTask<City?>> create, CancellationToken cancellationToken = default);

    /// <summary>Reads many cities at once, one request to each server, and has those created which are not in the cache.</summary>
    [CacheKey("city:{ids}", Near = "0s")]
    ValueTask<IReadOnlyDictionary<int, City>> GetOrCreateCitiesAsync(
        IReadOnlyCollection<int> ids,
        Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, City>>> create,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a city; null is a miss.</summary>
    [CacheKey("city:{id}", Near = "0s")]
    ValueTask<City?> GetCityAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Stores a city.</summary>
    [CacheKey("city:{city.Id}")]
    ValueTask SetCityAsync(City city, CancellationToken cancellationToken = default);

    /// <summary>Removes a city; false if there was none.</summary>
    [CacheKey("city:{id}")]
    ValueTask<bool> DeleteCityAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Removes many cities at once, and tells how many there were.</summary>
    [CacheKey("city:{ids}")]
    ValueTask<int> DeleteCitiesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the cities of a country, the largest first, or has them created. They change less often than one city is looked up, so
    /// they stay for longer.
    /// </summary>
    [CacheKey("country:{code}", Expires = "1d")]
    ValueTask<City[]> GetOrCreateCountryAsync(
        string code, Func<string, CancellationToken, ValueTask<City[]>> create, CancellationToken cancellationToken = default);

    /// <summary>Removes the cities of many countries, and tells how many countries there were.</summary>
    [CacheKey("country:{codes}")]
    ValueTask<int> DeleteCountriesAsync(IReadOnlyCollection<string> codes, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads which part of the inhabitants of a country's cities a city has, or has it computed. It changes with every city of the country:
    /// the tag puts all shares of a country into one group.
    /// </summary>
    [CacheKey("share:{country}:{id}"), CacheTag("country:{country}")]
    ValueTask<double> GetOrCreateShareAsync(
        string country, int id, Func<string, int, CancellationToken, ValueTask<double>> create, CancellationToken cancellationToken = default);

    /// <summary>Invalidates all shares of a country with one request, however many there are: the next caller has each created anew.</summary>
    [CacheTag("country:{country}")]
    ValueTask RemoveCountryAsync(string country, CancellationToken cancellationToken = default);

    /// <summary>Counts a look-up of a city. The server adds, so no two callers get in each other's way.</summary>
    [CacheKey("lookups:{id}")]
    ValueTask<ulong> IncrementLookupsAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Reads the look-up counters of many cities.</summary>
    [CacheKey("lookups:{ids}")]
    ValueTask<IReadOnlyDictionary<int, ulong>> GetLookupsAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    /// <summary>Removes the look-up counters of many cities, and tells how many there were.</summary>
    [CacheKey("lookups:{ids}")]
    ValueTask<int> DeleteLookupsAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);
}
