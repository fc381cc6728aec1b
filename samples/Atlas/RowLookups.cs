namespace Atlas;

/// <summary>Look-ups of rows by their keys: the cheapest queries of a database, and so those for which a cache can do least.</summary>
/// <param name="drawn">The cities to look up, in this order.</param>
/// <param name="database">Where they come from.</param>
/// <param name="cache">The cache in front of it.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class RowLookups(City[] drawn, ICitySource database, ICityCache cache, CancellationToken cancellationToken)
{
    /// <summary>How many cities one call of a batch asks for at most.</summary>
    public const int BatchSize = 100;

    private readonly CachedCities _cached = new(cache, database);
    private readonly HashSet<int> _ids = [.. drawn.Select(static city => city.Id)];

    /// <summary>How many cities the cache had no answer for, so far.</summary>
    public long Misses => _cached.Misses;

    /// <summary>One city a call.</summary>
    public Comparison<City> Cities() => new(
        "One city a call",
        "SQLite finds one row by its key, in this process and without a network: there is little to save.",
        drawn)
    {
        AskDatabase = city => AskCityAsync(database, city),
        AskCache = city => AskCityAsync(_cached, city),
        EmptyCache = () => cache.DeleteCitiesAsync(_ids, cancellationToken),
        CountMisses = () => _cached.Misses,
    };

    /// <summary><see cref="BatchSize"/> cities a call; one which was drawn twice for a call is asked for once.</summary>
    public Comparison<City[]> Batches()
    {
        City[][] batches = [.. drawn.Chunk(BatchSize).Select(static batch => batch.Distinct().ToArray())];
        return new(
            $"Up to {BatchSize} cities a call",
            "one query finds all the rows by their keys; the cache asks each server, and reads as many values.",
            batches)
        {
            AskDatabase = batch => AskBatchAsync(database, batch),
            AskCache = batch => AskBatchAsync(_cached, batch),
            EmptyCache = () => cache.DeleteCitiesAsync(_ids, cancellationToken),
            CountMisses = () => _cached.Misses,
            Lookups = batches.Sum(static batch => batch.Length),
        };
    }

    /// <summary>Asks for a city in this process, then in the cache, then in the database.</summary>
    public async ValueTask AskNearCityAsync(City expected) => Check(expected, await _cached.FindNearCityAsync(expected.Id, cancellationToken));

    private async ValueTask AskCityAsync(ICitySource source, City expected) =>
        Check(expected, await source.FindCityAsync(expected.Id, cancellationToken));

    private async ValueTask AskBatchAsync(ICitySource source, City[] expected)
    {
        var found = await source.FindCitiesAsync([.. expected.Select(static city => city.Id)], cancellationToken);
        foreach (var city in expected)
        {
            Check(city, found.GetValueOrDefault(city.Id));
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
