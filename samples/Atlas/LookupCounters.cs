namespace Atlas;

/// <summary>Counts look-ups in the cache, from many callers at once.</summary>
internal sealed class LookupCounters(ICityCache cache, ConcurrentCallers callers, CancellationToken cancellationToken)
{
    /// <summary>Counts each of the cities as often as it is there.</summary>
    /// <returns>The counters, read back in one batch: the count of each city, the largest first.</returns>
    public async Task<List<(City City, ulong Count)>> CountAsync(City[] cities)
    {
        var byId = cities.Distinct().ToDictionary(city => city.Id);
        await cache.DeleteLookupsAsync(byId.Keys, cancellationToken);
        await callers.RunAsync(cities, async city => await cache.IncrementLookupsAsync(city.Id, cancellationToken));
        var counts = await cache.GetLookupsAsync(byId.Keys, cancellationToken);
        return [.. counts.Select(count => (byId[count.Key], count.Value)).OrderByDescending(count => count.Value)];
    }
}
