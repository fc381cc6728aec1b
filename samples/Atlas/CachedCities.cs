namespace Atlas;

/// <summary>Looks up cities as an application does: in the cache first, and what is not there in the source behind it.</summary>
internal sealed class CachedCities(ICityCache cache, ICitySource source) : ICitySource
{
    private long _misses;

    /// <summary>How many look-ups the cache could not answer, so far.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    public async ValueTask<City?> FindCityAsync(int id, CancellationToken cancellationToken)
    {
        if (await cache.GetCityAsync(id, cancellationToken) is { } cached)
        {
            return cached;
        }

        Interlocked.Increment(ref _misses);
        var city = await source.FindCityAsync(id, cancellationToken);
        if (city is not null)
        {
            await cache.SetCityAsync(city, cancellationToken);
        }

        return city;
    }

    public async ValueTask<IReadOnlyDictionary<int, City>> FindCitiesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        var cached = await cache.GetCitiesAsync(ids, cancellationToken);
        var missing = ids.Where(id => !cached.ContainsKey(id)).ToList();
        if (missing.Count == 0)
        {
            return cached;
        }

        Interlocked.Add(ref _misses, missing.Count);
        var cities = await source.FindCitiesAsync(missing, cancellationToken);
        await cache.SetCitiesAsync(cities, cancellationToken);
        return cached.Concat(cities).ToDictionary();
    }

    public async ValueTask<City[]> FindCountryAsync(string code, CancellationToken cancellationToken)
    {
        if (await cache.GetCountryAsync(code, cancellationToken) is { } cached)
        {
            return cached;
        }

        Interlocked.Increment(ref _misses);
        var cities = await source.FindCountryAsync(code, cancellationToken);
        await cache.SetCountryAsync(code, cities, cancellationToken);
        return cities;
    }
}
