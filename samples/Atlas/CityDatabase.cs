using System.Text;
using Microsoft.Data.Sqlite;

namespace Atlas;

/// <summary>The cities in a SQLite database: what the cache stands in front of.</summary>
/// <remarks>
/// Each look-up opens a pooled connection and runs one indexed query, as a web application does. SQLite works in the calling
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
        var path = file?.FullName ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"atlas-{Guid.NewGuid():N}.db");
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

    public ValueTask<City?> FindCityAsync(int id, CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM city WHERE id = $id";
        command.Parameters.AddWithValue("$id", id);
        using var reader = command.ExecuteReader();
        return ValueTask.FromResult(reader.Read() ? ReadCity(reader) : null);
    }

    public ValueTask<IReadOnlyDictionary<int, City>> FindCitiesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM city WHERE id IN (SELECT value FROM json_each($ids))";
        command.Parameters.AddWithValue("$ids", new StringBuilder("[").AppendJoin(',', ids).Append(']').ToString());
        using var reader = command.ExecuteReader();
        var cities = new Dictionary<int, City>();
        while (reader.Read())
        {
            var city = ReadCity(reader);
            cities.Add(city.Id, city);
        }

        return ValueTask.FromResult<IReadOnlyDictionary<int, City>>(cities);
    }

    public ValueTask<City[]> FindCountryAsync(string code, CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM city WHERE country = $code ORDER BY population DESC, id";
        command.Parameters.AddWithValue("$code", code);
        using var reader = command.ExecuteReader();
        var cities = new List<City>();
        while (reader.Read())
        {
            cities.Add(ReadCity(reader));
        }

        return ValueTask.FromResult(cities.ToArray());
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
                longitude REAL NOT NULL)
            """);
        Insert(connection, cities);
        Execute(connection, "CREATE INDEX city_country ON city (country, population DESC, id)");
        transaction.Commit();
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Insert(SqliteConnection connection, IEnumerable<City> cities)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO city ({Columns}) VALUES ($0, $1, $2, $3, $4, $5, $6, $7)";
        var values = Enumerable.Range(0, 8).Select(i => command.Parameters.AddWithValue($"${i}", DBNull.Value)).ToArray();
        foreach (var city in cities)
        {
            object[] row = [city.Id, city.Name, city.Country, city.Region, city.Feature, city.Population, city.Latitude, city.Longitude];
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
