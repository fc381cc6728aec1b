namespace Atlas;

/// <summary>The reports computed from the file of cities, without SQLite and without a cache: what answers are checked with.</summary>
internal sealed class ExpectedReports(IReadOnlyList<City> cities)
{
    private readonly ILookup<string, City> _byCountry =
        cities.OrderByDescending(static city => city.Population).ThenBy(static city => city.Id).ToLookup(static city => city.Country);

    private readonly (City City, (double X, double Y, double Z) Vector)[] _large =
        [.. cities.Where(static city => city.Population >= IReportSource.LargeCity).Select(static city => (city, Sphere.VectorOf(city)))];

    /// <summary>How many large cities there are.</summary>
    public int LargeCities => _large.Length;

    /// <summary>The cities of a country, the largest first.</summary>
    public City[] Cities(string country) => [.. _byCountry[country]];

    /// <summary>The statistics of a country.</summary>
    public CountryStatistics Statistics(string country)
    {
        var ranking = Cities(country);
        var inhabitants = ranking.Sum(static city => (long)city.Population);
        return new CountryStatistics(
            country,
            ranking.Length,
            ranking.Select(static city => city.Region).Distinct().Count(),
            inhabitants,
            ranking[0].Name,
            ranking[(ranking.Length + 1) / 2 - 1].Population,
            CitiesWithHalf(ranking, inhabitants));
    }

    /// <summary>The large cities that are nearest to a city.</summary>
    public NearbyCity[] Nearby(City city)
    {
        var place = Sphere.VectorOf(city);
        return
        [
            .. _large.Where(large => large.City.Id != city.Id)
                .Select(large => (large.City, Cosine: Sphere.Cosine(large.Vector, place)))
                .OrderByDescending(static large => large.Cosine).ThenBy(static large => large.City.Id)
                .Take(IReportSource.Nearby)
                .Select(static large => new NearbyCity(large.City.Id, large.City.Name, large.City.Country, Sphere.Kilometers(large.Cosine))),
        ];
    }

    /// <summary>The price list of a country.</summary>
    public RegionPrice[] Prices(string country)
    {
        var warehouse = Sphere.VectorOf(_byCountry[country].First());
        return
        [
            .. _byCountry[country].GroupBy(static city => city.Region).OrderBy(static region => region.Key, StringComparer.Ordinal)
                .Select(region => new RegionPrice(
                    region.Key,
                    region.First().Name,
                    region.Sum(static city => (long)city.Population),
                    RegionPrice.CentsFor(Sphere.Kilometers(Sphere.Cosine(Sphere.VectorOf(region.First()), warehouse))))),
        ];
    }

    private static int CitiesWithHalf(City[] ranking, long inhabitants)
    {
        var (count, sum) = (0, 0L);
        while (sum < inhabitants / 2)
        {
            sum += ranking[count++].Population;
        }

        return count;
    }
}
