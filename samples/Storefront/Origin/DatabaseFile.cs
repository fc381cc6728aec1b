using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Storefront.Origin;

/// <summary>The file of the shop's database: made once, and used again if it is whole and of this version.</summary>
/// <param name="path">The file.</param>
/// <param name="size">How large the shop is.</param>
internal sealed class DatabaseFile(string path, ShopSize size)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where it is if nobody says otherwise: in a folder of this user among the temporary files.</summary>
    public static string DefaultPath => Path.Combine(Folder, "shop.db");

    /// <summary>A folder of this user, which nobody else can read where the system has such rights.</summary>
    public static string Folder { get; } = Path.Combine(Path.GetTempPath(), $"typedcache-storefront-{Environment.UserName}");

    /// <summary>The file.</summary>
    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>What a finished file of this version and size has in its header.</summary>
    public static int Stamp(ShopSize size) => (ShopSchema.Version * 10_000_000) + size.Products;

    /// <summary>Makes <see cref="Folder"/>.</summary>
    /// <exception cref="IOException">There is one that others can open.</exception>
    public static void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            // The temporary files of a user are in a folder of the user already.
            Directory.CreateDirectory(Folder);
            return;
        }

        Directory.CreateDirectory(Folder, OwnerOnly);
        if ((File.GetUnixFileMode(Folder) & ~OwnerOnly) != 0)
        {
            throw new IOException($"Other users can open the folder '{Folder}', in which keys are kept. Remove it, or take their rights away: chmod 700 {Folder}");
        }
    }

    /// <summary>Makes the file, unless there is one that can be used.</summary>
    /// <param name="progress">Hears how much is done, from 0 to 1, if it is made.</param>
    /// <returns>Whether it was made.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    public bool Ensure(Action<double> progress)
    {
        if (IsUsable())
        {
            return false;
        }

        // Under its own name it appears when it is finished; whoever is killed meanwhile leaves a file that nobody takes for the database.
        var unfinished = string.Create(CultureInfo.InvariantCulture, $"{FullPath}.{Environment.ProcessId}.new");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);
            new DatabaseBuilder(unfinished, size, progress).Build();
            File.Move(unfinished, FullPath, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is SqliteException or UnauthorizedAccessException)
        {
            throw new IOException($"The database '{FullPath}' cannot be made: {exception.Message} Name another file with --database.", exception);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private bool IsUsable()
    {
        if (!File.Exists(FullPath))
        {
            return false;
        }

        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = FullPath, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
            connection.Open();
            return Read(connection, "PRAGMA user_version") == Stamp(size)
                && Read(connection, "PRAGMA page_count") * Read(connection, "PRAGMA page_size") == new FileInfo(FullPath).Length;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static long Read(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragma;
        return (long)command.ExecuteScalar()!;
    }
}
