using Atlas;
using Microsoft.Data.Sqlite;

namespace Storefront.Origin;

/// <summary>Makes the database of the shop in a new file.</summary>
/// <param name="path">The file.</param>
/// <param name="size">How large the shop is.</param>
/// <param name="progress">Hears how much is done, from 0 to 1.</param>
internal sealed class DatabaseBuilder(string path, ShopSize size, Action<double> progress)
{
    private const int RowsPerReport = 20_000;
    private const double ShareOfRows = 0.9;

    /// <summary>Makes it. Where this throws, the file is worth nothing.</summary>
    public void Build()
    {
        // Nobody else sees the file, and one that is not finished is not used: no journal is needed.
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536");
        using (var transaction = connection.BeginTransaction())
        {
            Execute(connection, ShopSchema.Tables);
            Fill(connection);
            Execute(connection, ShopSchema.Indexes);
            transaction.Commit();
        }

        // Last, so that a file with it is complete.
        Execute(connection, $"PRAGMA user_version = {DatabaseFile.Stamp(size)}");
        progress(1);
    }

    private void Fill(SqliteConnection connection)
    {
        var cities = CityCsv.Read(CityCsv.DefaultPath).OrderByDescending(static city => city.Population).ThenBy(static city => city.Id).ToList();
        var tables = new ShopSeed(size, cities).Tables().ToList();
        var total = (double)tables.Sum(static table => table.Rows);
        var done = 0;
        foreach (var (table, rows, values) in tables)
        {
            Insert(connection, table, values, inserted => progress((done + Math.Min(inserted, rows)) / total * ShareOfRows));
            done += rows;
        }
    }

    private static void Insert(SqliteConnection connection, string table, IEnumerable<object[]> rows, Action<int> report)
    {
        using var command = connection.CreateCommand();
        var inserted = 0;
        foreach (var row in rows)
        {
            if (inserted == 0)
            {
                command.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", Enumerable.Range(0, row.Length).Select(static column => $"${column}"))})";
                for (var column = 0; column < row.Length; column++)
                {
                    command.Parameters.AddWithValue($"${column}", DBNull.Value);
                }
            }

            for (var column = 0; column < row.Length; column++)
            {
                command.Parameters[column].Value = row[column];
            }

            command.ExecuteNonQuery();
            if (++inserted % RowsPerReport == 0)
            {
                report(inserted);
            }
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
