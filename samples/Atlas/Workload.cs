namespace Atlas;

/// <summary>
/// The look-ups which are measured. Each kind runs three times with the same cities in the same order: from SQLite alone, with
/// an empty cache in front of it, and with the cache as that left it; single cities also with those in this process in front of that.
/// Every answer is checked.
/// </summary>
/// <param name="drawn">The cities to look up, in this order.</param>
/// <param name="database">Where they come from.</param>
/// <param name="cache">The cache in front of it.</param>
/// <param name="serverReads">How often the servers are asked.</param>
/// <param name="callers">Who looks them up.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class Workload(
    City[] drawn, ICitySource database, ICityCache cache, ServerReads serverReads, ConcurrentCallers callers, CancellationToken cancellationToken)
{
    /// <summary>How many cities one call of the batch rounds asks for at most.</summary>
    public const int BatchSize = 100;

    private const int LookupsPerCountry = 100;

    // As long as ICityCache says, and a little longer.
    private static readonly TimeSpan Near = TimeSpan.FromMilliseconds(1010);

    private readonly CachedCities _cached = new(cache, database);
    private readonly HashSet<int> _ids = [.. drawn.Select(city => city.Id)];

    /// <summary>Looks up one city a call.</summary>
    public async Task<Measurement[]> MeasureCitiesAsync() =>
    [
        .. await MeasureAsync(drawn, drawn.Length, LookUpCityAsync, () => cache.DeleteCitiesAsync(_ids, cancellationToken)),
        .. await MeasureNearAsync(),
    ];

    /// <summary>Looks up <see cref="BatchSize"/> cities a call; one which was drawn twice for a call is asked for once.</summary>
    public Task<Measurement[]> MeasureBatchesAsync()
    {
        City[][] batches = [.. drawn.Chunk(BatchSize).Select(batch => batch.Distinct().ToArray())];
        var lookups = batches.Sum(batch => batch.Length);
        return MeasureAsync(batches, lookups, LookUpBatchAsync, () => cache.DeleteCitiesAsync(_ids, cancellationToken));
    }

    /// <summary>Looks up all cities of a country a call.</summary>
    public Task<Measurement[]> MeasureCountriesAsync()
    {
        string[] codes = [.. drawn.Take(drawn.Length / LookupsPerCountry).Select(city => city.Country)];
        return MeasureAsync(codes, codes.Length, LookUpCountryAsync, () => cache.DeleteCountriesAsync(codes, cancellationToken));
    }

    // Two rounds are not measured: the first brings the cities into this process, the second finds them too old, as the last one does.
    private async Task<Measurement[]> MeasureNearAsync()
    {
        await callers.RunAsync(drawn, LookUpNearCityAsync);
        await Task.Delay(Near, cancellationToken);
        await callers.RunAsync(drawn, LookUpNearCityAsync);
        var near = await MeasureNearAsync("near cache");
        await Task.Delay(Near, cancellationToken);
        return [near, await MeasureNearAsync("near cache, asks \"changed?\"")];
    }

    private async Task<Measurement> MeasureNearAsync(string name)
    {
        var (misses, reads) = (_cached.Misses, await serverReads.CountAsync());
        var time = await callers.RunAsync(drawn, LookUpNearCityAsync);
        return new Measurement(name, drawn.Length, _cached.Misses - misses, time, await serverReads.CountAsync() - reads);
    }

    private async Task<Measurement[]> MeasureAsync<T>(
        T[] items, int lookups, Func<ICitySource, T, ValueTask> lookUp, Func<ValueTask<int>> empty)
    {
        await WarmUpAsync(items, lookUp);
        await empty();
        return
        [
            new Measurement("SQLite alone", lookups, Misses: null, await callers.RunAsync(items, item => lookUp(database, item))),
            await MeasureCachedAsync("cold cache", items, lookups, lookUp),
            await MeasureCachedAsync("warm cache", items, lookups, lookUp),
        ];
    }

    // Not measured: the just-in-time compiler would slow down whichever round comes first.
    private async Task WarmUpAsync<T>(T[] items, Func<ICitySource, T, ValueTask> lookUp)
    {
        var half = items[..(items.Length / 2)];
        await callers.RunAsync(half, item => lookUp(database, item));
        await callers.RunAsync(half, item => lookUp(_cached, item));
        await callers.RunAsync(half, item => lookUp(_cached, item));
    }

    private async Task<Measurement> MeasureCachedAsync<T>(string name, T[] items, int lookups, Func<ICitySource, T, ValueTask> lookUp)
    {
        var before = _cached.Misses;
        var time = await callers.RunAsync(items, item => lookUp(_cached, item));
        return new Measurement(name, lookups, _cached.Misses - before, time);
    }

    private async ValueTask LookUpCityAsync(ICitySource source, City expected) =>
        Check(expected, await source.FindCityAsync(expected.Id, cancellationToken));

    private async ValueTask LookUpNearCityAsync(City expected) =>
        Check(expected, await _cached.FindNearCityAsync(expected.Id, cancellationToken));

    private async ValueTask LookUpBatchAsync(ICitySource source, City[] expected)
    {
        var found = await source.FindCitiesAsync([.. expected.Select(city => city.Id)], cancellationToken);
        foreach (var city in expected)
        {
            Check(city, found.GetValueOrDefault(city.Id));
        }
    }

    private async ValueTask LookUpCountryAsync(ICitySource source, string code)
    {
        var found = await source.FindCountryAsync(code, cancellationToken);
        if (found.Length == 0 || found.Any(city => city.Country != code))
        {
            throw new InvalidDataException($"The answer for country {code} is wrong.");
        }
    }

    private static void Check(City expected, City? found)
    {
        if (found != expected)
        {
            throw new InvalidDataException($"The answer for city {expected.Id} is wrong: {found?.ToString() ?? "none"} instead of {expected}.");
        }
    }
}
