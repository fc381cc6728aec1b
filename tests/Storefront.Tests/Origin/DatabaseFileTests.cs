using Storefront.Origin;

namespace TypedCache.Storefront.Tests.Origin;

/// <summary>The database is made once, and never used half made.</summary>
public sealed class DatabaseFileTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_file_that_is_whole_is_used_again_and_any_other_is_made_anew()
    {
        var reported = new List<double>();
        Assert.True(_database.File.Ensure(reported.Add), "there was none");
        Assert.Equal(1, reported[^1]);
        Assert.Equal(reported.Order(), reported);
        Assert.False(_database.File.Ensure(reported.Add), "it is whole");
        var whole = await File.ReadAllBytesAsync(_database.File.FullPath, TestContext.Current.CancellationToken);

        Write(whole[..(whole.Length / 2)]);
        Assert.True(_database.File.Ensure(reported.Add), "half of it is missing");
        Write([]);
        Assert.True(_database.File.Ensure(reported.Add), "it is empty");
        Write("no database at all, and longer than a header of SQLite would be: nobody has made this one"u8.ToArray());
        Assert.True(_database.File.Ensure(reported.Add), "it is something else");
        Assert.True(new DatabaseFile(_database.File.FullPath, new ShopSize(1_000)).Ensure(reported.Add), "it has another size");
        Assert.True(_database.File.Ensure(reported.Add), "it has another size");

        Assert.Equal(whole, await File.ReadAllBytesAsync(_database.File.FullPath, TestContext.Current.CancellationToken));
        Assert.Equal(["shop.db"], Directory.GetFiles(_database.Folder).Select(Path.GetFileName));

        void Write(byte[] bytes) => File.WriteAllBytes(_database.File.FullPath, bytes);
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_named_with_a_way_out()
    {
        var path = Path.Combine(_database.Folder, "taken");
        Directory.CreateDirectory(path);

        var exception = Assert.Throws<IOException>(() => new DatabaseFile(path, TemporaryDatabase.Size).Ensure(static _ => { }));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }
}
