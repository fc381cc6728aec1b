using System.Diagnostics;
using System.Globalization;
using TypedCache;

namespace Atlas;

/// <summary>One run of the sample, from the file of cities to the statistics of the servers.</summary>
internal sealed class AtlasRun(AtlasOptions options, MemcachedPool pool, Report report)
{
    private const int LookupsPerCount = 5;
    private const int Countries = 2;

    private readonly ICityCache _cache = pool.CreateClient<ICityCache>();

    /// <summary>Runs and reports.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await EnsureReachableAsync(cancellationToken);
        var cities = CityCsv.Read(CityCsv.DefaultPath).OrderByDescending(city => city.Population).ToList();
        var started = Stopwatch.GetTimestamp();
        using var database = CityDatabase.Create(options.Database, cities);
        report.WriteStart(options, pool, cities.Count, database.Path, Stopwatch.GetElapsedTime(started));

        await ShowOneCityAsync(cities[0], database, cancellationToken);
        await MeasureAsync(cities, database, cancellationToken);
        await ShowTagsAsync(cities, cancellationToken);
        await CountLookupsAsync(cities, cancellationToken);
        report.WriteServers(await pool.GetStatsAsync(cancellationToken: cancellationToken));
    }

    // Where one of many servers is down the pool uses the others; measured by half of the servers, nobody would be told.
    private async Task EnsureReachableAsync(CancellationToken cancellationToken)
    {
        foreach (var reply in await pool.GetVersionsAsync(cancellationToken))
        {
            if (reply.Error is { } error)
            {
                throw error;
            }
        }
    }

    private async Task ShowOneCityAsync(City city, CityDatabase database, CancellationToken cancellationToken)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"atlas:city:{city.Id}");
        report.WriteKey(city, key, pool.FindServer(key).Name);
        await _cache.DeleteCityAsync(city.Id, cancellationToken);
        report.WriteAnswer($"GetCityAsync({city.Id})", await _cache.GetCityAsync(city.Id, cancellationToken));
        await _cache.SetCityAsync(city, cancellationToken);
        report.WriteAnswer("SetCityAsync(city)", "stored");
        report.WriteAnswer($"GetCityAsync({city.Id})", await _cache.GetCityAsync(city.Id, cancellationToken));
        report.WriteAnswer($"pool.ExistsAsync(\"{key}\")", await pool.ExistsAsync(key, cancellationToken));
        report.WriteAnswer($"DeleteCityAsync({city.Id})", await _cache.DeleteCityAsync(city.Id, cancellationToken));
        report.WriteAnswer($"GetOrCreateCityAsync({city.Id}, database)", await _cache.GetOrCreateCityAsync(city.Id, database.FindCityAsync, cancellationToken));
    }

    private async Task MeasureAsync(List<City> cities, CityDatabase database, CancellationToken cancellationToken)
    {
        var popularity = new Popularity(cities);
        var drawn = popularity.Draw(options.Lookups, options.Seed);
        var workload = new Workload(
            drawn, database, _cache, new ServerReads(pool, cancellationToken), new ConcurrentCallers(options.Callers, cancellationToken), cancellationToken);

        report.WriteWorkload(options, drawn.Distinct().Count(), popularity.ShareOfFirst(100));
        report.WriteMeasurements("One city a call", "cities", await workload.MeasureCitiesAsync());
        report.WriteMeasurements($"Up to {Workload.BatchSize} cities a call", "cities", await workload.MeasureBatchesAsync());
        report.WriteMeasurements("All cities of a country a call", "countries", await workload.MeasureCountriesAsync());
    }

    private async Task ShowTagsAsync(List<City> cities, CancellationToken cancellationToken)
    {
        var countries = cities.CountBy(city => city.Country).OrderByDescending(country => country.Value).Take(Countries).Select(country => country.Key).ToArray();
        City[] shown = [.. cities.Where(city => countries.Contains(city.Country))];
        var shares = new CountryShares(cities, _cache, new ConcurrentCallers(options.Callers, cancellationToken));

        // An earlier run may have left some.
        foreach (var country in countries)
        {
            await _cache.RemoveCountryAsync(country, cancellationToken);
        }

        report.WriteTags(shown.Length, countries, await shares.LookUpAsync(shown), await shares.LookUpAsync(shown));
        await _cache.RemoveCountryAsync(countries[0], cancellationToken);
        report.WriteRemoval(countries[0], shown.Length, await shares.LookUpAsync(shown));
    }

    private async Task CountLookupsAsync(List<City> cities, CancellationToken cancellationToken)
    {
        var counted = new Popularity(cities).Draw(options.Lookups / LookupsPerCount, options.Seed);
        var counters = new LookupCounters(_cache, new ConcurrentCallers(options.Callers, cancellationToken), cancellationToken);
        report.WriteCounters(counted.Length, await counters.CountAsync(counted));
    }
}
