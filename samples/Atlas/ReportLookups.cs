using TypedCache;

namespace Atlas;

/// <summary>
/// Look-ups of what is made of many rows, for which a cache is made: each takes SQLite a query over all of them, and the cache one value.
/// </summary>
/// <param name="drawn">The cities to look up; their countries are those of which there are reports.</param>
/// <param name="expected">The right answers.</param>
/// <param name="database">Where the answers come from.</param>
/// <param name="pool">The pool of the caches in front of it.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class ReportLookups(
    City[] drawn, ExpectedReports expected, CityDatabase database, MemcachedPool pool, CancellationToken cancellationToken)
{
    /// <summary>How often the warm cache is asked for all reports.</summary>
    public const int WarmPasses = 10;

    private readonly IReportCache _reportCache = pool.CreateClient<IReportCache>();
    private readonly ICityCache _cityCache = pool.CreateClient<ICityCache>();
    private readonly ReportDatabase _reports = new(database);
    private readonly string[] _countries = [.. drawn.Select(static city => city.Country)];

    /// <summary>The statistics of a country.</summary>
    public Comparison<string> Statistics()
    {
        var cached = new CachedReports(_reportCache, _reports);
        var right = OfEachCountry(expected.Statistics);
        return new("Statistics of a country", "SQLite ranks and sums up all cities of the country; the cache reads one value.", _countries)
        {
            AskDatabase = country => AskAsync(_reports, country),
            AskCache = country => AskAsync(cached, country),
            EmptyCache = () => _reportCache.DeleteStatisticsAsync(right.Keys, cancellationToken),
            CountMisses = () => cached.Misses,
            WarmPasses = WarmPasses,
        };

        async ValueTask AskAsync(IReportSource source, string country) =>
            Check(country, right[country] == await source.FindStatisticsAsync(country, cancellationToken));
    }

    /// <summary>The large cities near a city.</summary>
    public Comparison<City> Nearby()
    {
        var cached = new CachedReports(_reportCache, _reports);
        var right = drawn.Distinct().ToDictionary(static city => city.Id, expected.Nearby);
        return new("Large cities near a city", $"SQLite compares the distances of {expected.LargeCities:N0} cities; the cache reads one value.", drawn)
        {
            AskDatabase = city => AskAsync(_reports, city),
            AskCache = city => AskAsync(cached, city),
            EmptyCache = () => _reportCache.DeleteNearbyAsync(right.Keys, cancellationToken),
            CountMisses = () => cached.Misses,
            WarmPasses = WarmPasses,
        };

        async ValueTask AskAsync(IReportSource source, City city) =>
            Check(city.Name, AreEqual(right[city.Id], await source.FindNearbyAsync(city.Id, cancellationToken)));
    }

    /// <summary>The price list of a country.</summary>
    public Comparison<string> Prices()
    {
        var cached = new CachedReports(_reportCache, _reports);
        var right = OfEachCountry(expected.Prices);
        return new(
            "Delivery prices of a country",
            "SQLite groups the cities by region and joins them with a warehouse; the cache reads one value.",
            _countries)
        {
            AskDatabase = country => AskAsync(_reports, country),
            AskCache = country => AskAsync(cached, country),
            EmptyCache = () => _reportCache.DeletePricesAsync(right.Keys, cancellationToken),
            CountMisses = () => cached.Misses,
            WarmPasses = WarmPasses,
        };

        async ValueTask AskAsync(IReportSource source, string country) =>
            Check(country, AreEqual(right[country], await source.FindPricesAsync(country, cancellationToken)));
    }

    /// <summary>All cities of a country: nothing is computed, but there are many rows.</summary>
    public Comparison<string> Cities()
    {
        var cached = new CachedCities(_cityCache, database);
        var right = OfEachCountry(expected.Cities);
        return new("All cities of a country", "SQLite reads each city as a row; the cache reads them together, as one value.", _countries)
        {
            AskDatabase = country => AskAsync(database, country),
            AskCache = country => AskAsync(cached, country),
            EmptyCache = () => _cityCache.DeleteCountriesAsync(right.Keys, cancellationToken),
            CountMisses = () => cached.Misses,
        };

        async ValueTask AskAsync(ICitySource source, string country) =>
            Check(country, AreEqual(right[country], await source.FindCountryAsync(country, cancellationToken)));
    }

    private Dictionary<string, T> OfEachCountry<T>(Func<string, T> compute) =>
        _countries.Distinct().ToDictionary(static country => country, compute);

    private static bool AreEqual<T>(T[] right, T[] answer) => right.AsSpan().SequenceEqual(answer);

    private static void Check(string asked, bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidDataException($"The answer for {asked} is wrong.");
        }
    }
}
