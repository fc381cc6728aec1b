namespace Atlas;

/// <summary>Looks up which part of the inhabitants of their country's cities cities have, and counts how often that is computed.</summary>
internal sealed class CountryShares
{
    private readonly ICityCache _cache;
    private readonly ConcurrentCallers _callers;
    private readonly Dictionary<int, City> _cities;
    private readonly Dictionary<string, double> _inhabitants;
    private int _computed;

    /// <summary>Makes them for the cities.</summary>
    public CountryShares(IReadOnlyCollection<City> cities, ICityCache cache, ConcurrentCallers callers)
    {
        _cache = cache;
        _callers = callers;
        _cities = cities.ToDictionary(city => city.Id);
        _inhabitants = cities.GroupBy(city => city.Country).ToDictionary(country => country.Key, country => country.Sum(city => (double)city.Population));
    }

    /// <summary>Looks up the share of each of the cities, from all callers at once.</summary>
    /// <returns>How many were computed for that.</returns>
    public async Task<int> LookUpAsync(IReadOnlyList<City> cities)
    {
        var before = _computed;
        await _callers.RunAsync(cities, async city => Check(city, await _cache.GetOrCreateShareAsync(city.Country, city.Id, ComputeAsync)));
        return _computed - before;
    }

    private ValueTask<double> ComputeAsync(string country, int id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _computed);
        return ValueTask.FromResult(ShareOf(_cities[id]));
    }

    private double ShareOf(City city) => city.Population / _inhabitants[city.Country];

    private void Check(City city, double share)
    {
        if (share != ShareOf(city))
        {
            throw new InvalidDataException($"The share of city {city.Id} is wrong: {share} instead of {ShareOf(city)}.");
        }
    }
}
