using System.Diagnostics;
using System.Globalization;
using TypedCache;

namespace Atlas;

/// <summary>One run of the sample, from the file of cities to the statistics of the servers.</summary>
internal sealed class AtlasRun(AtlasOptions options, MemcachedPool pool, Report report, CancellationToken cancellationToken)
{
    private const int LookupsPerCount = 5;
    private const int LookupsPerReport = 100;
    private const int Countries = 2;

    private readonly ICityCache _cache = pool.CreateClient<ICityCache>();
    private readonly ConcurrentCallers _callers = new(options.Callers, cancellationToken);

    /// <summary>Runs and reports.</summary>
    public async Task RunAsync()
    {
        await EnsureReachableAsync();
        var cities = CityCsv.Read(CityCsv.DefaultPath).OrderByDescending(city => city.Population).ToList();
        report.WriteStart(options, pool, cities.Count);
        using var database = CreateDatabase(cities);

        await ShowOneCityAsync(cities[0], database);
        var popularity = new Popularity(cities);
        await MeasureReportsAsync(cities, popularity, database);
        await MeasureRowsAsync(popularity, database);
        await ShowTagsAsync(cities);
        await CountLookupsAsync(popularity);
        report.WriteServers(await pool.GetStatsAsync(cancellationToken: cancellationToken));
    }

    // Where one of many servers is down the pool uses the others; measured by half of the servers, nobody would be told.
    private async Task EnsureReachableAsync()
    {
        foreach (var reply in await pool.GetVersionsAsync(cancellationToken))
        {
            if (reply.Error is { } error)
            {
                throw error;
            }
        }
    }

    private CityDatabase CreateDatabase(List<City> cities)
    {
        var started = Stopwatch.GetTimestamp();
        CityDatabase database;
        using (report.ShowProgress(() => $"  database: {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s"))
        {
            database = CityDatabase.Create(options.Database, cities);
        }

        report.WriteDatabase(options, database.Path, Stopwatch.GetElapsedTime(started));
        return database;
    }

    private async Task ShowOneCityAsync(City city, CityDatabase database)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"atlas:city:{city.Id}");
        report.WriteKey(city, key, pool.FindServer(key).Name);
        await _cache.DeleteCityAsync(city.Id, cancellationToken);
        report.WriteAnswer($"GetCityAsync({city.Id})", await _cache.GetCityAsync(city.Id, cancellationToken));
        await _cache.SetCityAsync(city, cancellationToken);
        report.WriteAnswer("SetCityAsync(city)", "stored");
        report.WriteAnswer($"GetCityAsync({city.Id})", await _cache.GetCityAsync(city.Id, cancellationToken));
        report.WriteAnswer("pool.ExistsAsync(key)", await pool.ExistsAsync(key, cancellationToken));
        report.WriteAnswer($"DeleteCityAsync({city.Id})", await _cache.DeleteCityAsync(city.Id, cancellationToken));
        report.WriteAnswer($"GetOrCreateCityAsync({city.Id}, read)", await _cache.GetOrCreateCityAsync(city.Id, database.FindCityAsync, cancellationToken));
    }

    private async Task MeasureReportsAsync(List<City> cities, Popularity popularity, CityDatabase database)
    {
        var drawn = popularity.Draw(Math.Max(1, options.Lookups / LookupsPerReport), options.Seed);
        var lookups = new ReportLookups(drawn, new ExpectedReports(cities), database, pool, cancellationToken);
        var rounds = new Rounds(_callers, report);

        report.WriteReports(options, drawn.Length);
        await rounds.MeasureAsync(lookups.Statistics());
        await rounds.MeasureAsync(lookups.Nearby());
        await rounds.MeasureAsync(lookups.Prices());
        await rounds.MeasureAsync(lookups.Cities());
    }

    private async Task MeasureRowsAsync(Popularity popularity, CityDatabase database)
    {
        var drawn = popularity.Draw(options.Lookups, options.Seed);
        var lookups = new RowLookups(drawn, database, _cache, cancellationToken);
        var rounds = new Rounds(_callers, report);

        report.WriteRows(options, drawn.Distinct().Count(), popularity.ShareOfFirst(100));
        var alone = await rounds.MeasureAsync(lookups.Cities());
        await rounds.MeasureAsync(lookups.Batches());

        report.WriteNear();
        await new NearRounds(drawn, lookups, new ServerReads(pool, cancellationToken), _callers, report).MeasureAsync(alone, cancellationToken);
    }

    private async Task ShowTagsAsync(List<City> cities)
    {
        var countries = cities.CountBy(city => city.Country).OrderByDescending(country => country.Value).Take(Countries).Select(country => country.Key).ToArray();
        City[] shown = [.. cities.Where(city => countries.Contains(city.Country))];
        var shares = new CountryShares(cities, _cache, _callers);

        // An earlier run may have left some.
        foreach (var country in countries)
        {
            await _cache.RemoveCountryAsync(country, cancellationToken);
        }

        report.WriteTags(shown.Length, countries, await shares.LookUpAsync(shown), await shares.LookUpAsync(shown));
        await _cache.RemoveCountryAsync(countries[0], cancellationToken);
        report.WriteRemoval(countries[0], shown.Length, await shares.LookUpAsync(shown));
    }

    private async Task CountLookupsAsync(Popularity popularity)
    {
        var counted = popularity.Draw(options.Lookups / LookupsPerCount, options.Seed);
        var counters = new LookupCounters(_cache, _callers, cancellationToken);
        report.WriteCounters(counted.Length, await counters.CountAsync(counted));
    }
}
