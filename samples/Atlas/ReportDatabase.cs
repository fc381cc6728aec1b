using Microsoft.Data.Sqlite;

namespace Atlas;

/// <summary>The reports as SQLite makes them: one query each, which reads, aggregates and joins many rows.</summary>
internal sealed class ReportDatabase(CityDatabase database) : IReportSource
{
    private const string Statistics = """
        WITH ranked AS (
            SELECT name, region, population,
                row_number() OVER ranking AS rank,
                sum(population) OVER ranking AS running,
                sum(population) OVER () AS total,
                count(*) OVER () AS cities
            FROM city
            WHERE country = $country
            WINDOW ranking AS (ORDER BY population DESC, id ROWS UNBOUNDED PRECEDING))
        SELECT count(*), count(DISTINCT region), sum(population),
            max(CASE WHEN rank = 1 THEN name END),
            max(CASE WHEN rank = (cities + 1) / 2 THEN population END),
            sum(running - population < total / 2)
        FROM ranked
        """;

    private const string Nearby = """
        SELECT other.id, other.name, other.country, other.x * city.x + other.y * city.y + other.z * city.z AS cosine
        FROM city JOIN city AS other ON other.population >= $large AND other.id <> city.id
        WHERE city.id = $id
        ORDER BY cosine DESC, other.id
        LIMIT $nearby
        """;

    private const string Prices = """
        WITH ranked AS (
            SELECT region, name, x, y, z,
                row_number() OVER (PARTITION BY region ORDER BY population DESC, id) AS rank,
                sum(population) OVER (PARTITION BY region) AS inhabitants
            FROM city
            WHERE country = $country),
        warehouse AS (
            SELECT x, y, z FROM city WHERE country = $country ORDER BY population DESC, id LIMIT 1)
        SELECT region, name, inhabitants, ranked.x * warehouse.x + ranked.y * warehouse.y + ranked.z * warehouse.z
        FROM ranked CROSS JOIN warehouse
        WHERE rank = 1
        ORDER BY region
        """;

    public ValueTask<CountryStatistics> FindStatisticsAsync(string country, CancellationToken cancellationToken)
    {
        var rows = database.Query(Statistics, [("$country", country)], row => new CountryStatistics(
            country, row.GetInt32(0), row.GetInt32(1), row.GetInt64(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5)));
        return ValueTask.FromResult(rows[0]);
    }

    public ValueTask<NearbyCity[]> FindNearbyAsync(int id, CancellationToken cancellationToken) => ValueTask.FromResult(database.Query(
        Nearby,
        [("$id", id), ("$large", IReportSource.LargeCity), ("$nearby", IReportSource.Nearby)],
        static row => new NearbyCity(row.GetInt32(0), row.GetString(1), row.GetString(2), Sphere.Kilometers(row.GetDouble(3)))));

    public ValueTask<RegionPrice[]> FindPricesAsync(string country, CancellationToken cancellationToken) => ValueTask.FromResult(database.Query(
        Prices,
        [("$country", country)],
        static row => new RegionPrice(row.GetString(0), row.GetString(1), row.GetInt64(2), RegionPrice.CentsFor(Sphere.Kilometers(row.GetDouble(3))))));
}
