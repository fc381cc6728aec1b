using System.Text;
using Microsoft.Data.Sqlite;

namespace Atlas;

/// <summary>The cities in a SQLite database: what the cache stands in front of.</summary>
/// <remarks>
/// Each look-up opens a pooled connection and runs one query by an index, as a web application does. SQLite works in the calling
/// thread, so that there is nothing to wait for: the tasks are complete when they are returned.
/// </remarks>
internal sealed class CityDatabase : ICitySource, IDisposable
{
    private const string Columns = "id, name, country, region, feature, population, latitude, longitude";

    private readonly bool _isTemporary;
    private readonly string _connectionString;

    private CityDatabase(string path, bool isTemporary)
    {
        Path = path;
        _isTemporary = isTemporary;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true }.ConnectionString;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Makes the database.</summary>
    /// <param name="file">Where; null for a temporary file, which is deleted on <see cref="Dispose"/>.</param>
    /// <param name="cities">What is in it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static CityDatabase Create(FileInfo? file, IEnumerable<City> cities)
    {
        var path = file?.FullName ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"atlas-{Guid.NewGuid():N}"[..14] + ".db");
        var database = new CityDatabase(path, isTemporary: file is null);
        try
        {
            database.Load(cities);
            return database;
        }
        catch (SqliteException exception)
        {
            database.Dispose();
            throw new IOException($"The database '{path}' cannot be made: {exception.Message}", exception);
        }
    }

    public ValueTask<City?> FindCityAsync(int id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Query($"SELECT {Columns} FROM city WHERE id = $id", [("$id", id)], ReadCity).SingleOrDefault());

    public ValueTask<IReadOnlyDictionary<int, City>> FindCitiesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        var list = new StringBuilder("[").AppendJoin(',', ids).Append(']').ToString();
        var cities = Query($"SELECT {Columns} FROM city WHERE id IN (SELECT value FROM json_each($ids))", [("$ids", list)], ReadCity);
        return ValueTask.FromResult<IReadOnlyDictionary<int, City>>(cities.ToDictionary(static city => city.Id));
    }

    public ValueTask<City[]> FindCountryAsync(string code, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Query($"SELECT {Columns} FROM city WHERE country = $code ORDER BY population DESC, id", [("$code", code)], ReadCity));

    /// <summary>Runs a query.</summary>
    public T[] Query<T>(string sql, ReadOnlySpan<(string Name, object Value)> parameters, Func<SqliteDataReader, T> read)
    {
        using var connection = Open();
        return [.. connection.Read(sql, read, parameters)];
    }

    /// <summary>Closes the pooled connections, and deletes a temporary file.</summary>
    public void Dispose()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        if (_isTemporary)
        {
            // The last connection takes the write-ahead log with it when it closes; after a crash they would be left.
            File.Delete(Path);
            File.Delete(Path + "-wal");
            File.Delete(Path + "-shm");
        }
    }

    private void Load(IEnumerable<City> cities)
    {
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction();
        Execute(connection, """
            CREATE TABLE city (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                country TEXT NOT NULL,
                region TEXT NOT NULL,
                feature TEXT NOT NULL,
                population INTEGER NOT NULL,
                latitude REAL NOT NULL,
                longitude REAL NOT NULL,
                x REAL NOT NULL,
                y REAL NOT NULL,
                z REAL NOT NULL)
            """);
        Insert(connection, cities);
        Execute(connection, "CREATE INDEX city_country ON city (country, population DESC, id)");
        Execute(connection, "CREATE INDEX city_population ON city (population)");
        Execute(connection, "ANALYZE");
        transaction.Commit();
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Insert(SqliteConnection connection, IEnumerable<City> cities)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO city ({Columns}, x, y, z) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        var values = Enumerable.Range(0, 11).Select(i => command.Parameters.AddWithValue($"${i}", DBNull.Value)).ToArray();
        foreach (var city in cities)
        {
            var (x, y, z) = Sphere.VectorOf(city);
            object[] row = [city.Id, city.Name, city.Country, city.Region, city.Feature, city.Population, city.Latitude, city.Longitude, x, y, z];
            for (var i = 0; i < row.Length; i++)
            {
                values[i].Value = row[i];
            }

            command.ExecuteNonQuery();
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static City ReadCity(SqliteDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.GetInt32(5),
        reader.GetDouble(6),
        reader.GetDouble(7));

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }
}
