namespace Atlas;

/// <summary>Looks up cities as an application does: in the cache, and what is not there in the source behind it.</summary>
internal sealed class CachedCities(ICityCache cache, ICitySource source) : ICitySource
{
    private long _misses;

    /// <summary>How many cities or countries the cache asked the source for, so far.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    public ValueTask<City?> FindCityAsync(int id, CancellationToken cancellationToken) =>
        cache.GetOrCreateCityAsync(id, ReadCityAsync, cancellationToken);

    /// <summary>Looks up a city in this process, then in the cache, then in the source.</summary>
    public ValueTask<City?> FindNearCityAsync(int id, CancellationToken cancellationToken) =>
        cache.GetOrCreateNearCityAsync(id, ReadCityAsync, cancellationToken);

    public ValueTask<IReadOnlyDictionary<int, City>> FindCitiesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken) =>
        cache.GetOrCreateCitiesAsync(ids, ReadCitiesAsync, cancellationToken);

    public ValueTask<City[]> FindCountryAsync(string code, CancellationToken cancellationToken) =>
        cache.GetOrCreateCountryAsync(code, ReadCountryAsync, cancellationToken);

    private ValueTask<City?> ReadCityAsync(int id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _misses);
        return source.FindCityAsync(id, cancellationToken);
    }

    private ValueTask<IReadOnlyDictionary<int, City>> ReadCitiesAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _misses, ids.Count);
        return source.FindCitiesAsync(ids, cancellationToken);
    }

    private ValueTask<City[]> ReadCountryAsync(string code, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _misses);
        return source.FindCountryAsync(code, cancellationToken);
    }
}
