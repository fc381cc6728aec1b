using System.Text;
using Atlas;
using Microsoft.Data.Sqlite;
using Storefront.Shop;

namespace Storefront.Origin;

/// <summary>The shop in a SQLite database, with the joins and aggregations that its pages need.</summary>
/// <remarks>
/// Each call opens a pooled connection, as a web application does. SQLite works in the calling thread, so that there is nothing to wait for: the
/// tasks are complete when they are returned.
/// </remarks>
internal sealed class ShopDatabase : IOrigin, IDisposable
{
    private const int Related = 6;
    private const int NewestReviews = 5;
    private const int Stars = 5;

    private readonly string _connectionString;

    /// <summary>Opens it.</summary>
    /// <param name="path">The file, which has to be there.</param>
    public ShopDatabase(string path)
    {
        Path = path;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true }.ConnectionString;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The warehouses by number, which are where cities are.</summary>
    public IReadOnlyDictionary<int, DeliveryCity> ReadWarehouses()
    {
        using var connection = Open();
        return connection.Read(ShopQueries.Warehouses, static row => (Id: row.GetInt32(6), City: ReadCity(row))).ToDictionary(static row => row.Id, static row => row.City);
    }

    /// <summary>The largest cities of a region.</summary>
    public IReadOnlyList<DeliveryCity> ReadLargestCities(string region, int count)
    {
        using var connection = Open();
        return connection.Read(ShopQueries.Cities, ReadCity, ("$region", region), ("$count", count));
    }

    public ValueTask<Product?> LoadProductAsync(int id, CancellationToken cancellationToken)
    {
        using var connection = Open();
        var found = connection.Read(
            ShopQueries.Product,
            static row => new Product(row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetInt32(5), [], [], [], 0, 0, []),
            ("$id", id));
        return ValueTask.FromResult(found.Count == 0 ? null : Complete(connection, found[0]));
    }

    public ValueTask<IReadOnlyDictionary<int, Price>> LoadPricesAsync(string region, IReadOnlyList<int> products, CancellationToken cancellationToken)
    {
        using var connection = Open();
        var ids = new StringBuilder("[").AppendJoin(',', products).Append(']').ToString();
        var prices = connection.Read(ShopQueries.Prices, ReadPrice, ("$region", region), ("$ids", ids));
        return ValueTask.FromResult<IReadOnlyDictionary<int, Price>>(prices.ToDictionary(static price => price.Product, static price => price.Price));
    }

    public ValueTask<CategoryPage?> LoadCategoryAsync(int category, CategoryOrder order, int page, CancellationToken cancellationToken)
    {
        using var connection = Open();
        var found = connection.Read(ShopQueries.Category, static row => (Name: row.GetString(0), Total: row.GetInt32(1)), ("$category", category));
        if (found.Count == 0)
        {
            return ValueTask.FromResult<CategoryPage?>(null);
        }

        var products = connection.Read(
            ShopQueries.CategoryProducts(order),
            ReadCard,
            ("$category", category), ("$count", CategoryPage.Size), ("$skip", (page - 1) * CategoryPage.Size));
        return ValueTask.FromResult<CategoryPage?>(new CategoryPage(category, found[0].Name, found[0].Total, [.. products]));
    }

    public ValueTask<FrontPage> LoadFrontPageAsync(string region, CancellationToken cancellationToken)
    {
        using var connection = Open();
        return ValueTask.FromResult(new FrontPage(
            [.. connection.Read(ShopQueries.MostViewed, ReadCard, ("$region", region))],
            [.. connection.Read(ShopQueries.BestRated, ReadCard, ("$region", region))],
            [.. connection.Read(ShopQueries.Categories, static row => new Category(row.GetInt32(0), row.GetString(1), row.GetInt32(2)))]));
    }

    public ValueTask<IReadOnlyList<DeliveryCity>> LoadCitiesAsync(string region, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ReadLargestCities(region, int.MaxValue));

    /// <summary>Closes the pooled connections.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static Product Complete(SqliteConnection connection, Product product)
    {
        var id = ("$id", (object)product.Id);
        var category = ("$category", (object)product.Category);
        var stars = new int[Stars];
        foreach (var (star, count) in connection.Read(ShopQueries.Stars, static row => (row.GetInt32(0), row.GetInt32(1)), id))
        {
            stars[star - 1] = count;
        }

        var (views, position) = connection.Read(ShopQueries.Position, static row => (row.GetInt32(0), row.GetInt32(1)), id, category)[0];
        return product with
        {
            Stars = stars,
            Reviews = [.. connection.Read(ShopQueries.Reviews, static row => new Review(row.GetInt32(0), row.GetString(1), row.GetString(2)), id, ("$count", NewestReviews))],
            Stock = [.. connection.Read(ShopQueries.Stock, static row => new StockLevel(row.GetInt32(0), row.GetInt32(1)), id)],
            WeeklyViews = views,
            Position = position,
            Related = [.. connection.Read(ShopQueries.Related, ReadCard, id, category, ("$count", Related))],
        };
    }

    private static ProductCard ReadCard(SqliteDataReader row) => new(row.GetInt32(0), row.GetString(1), row.GetInt32(2), Math.Round(row.GetDouble(3), 2), row.GetInt32(4));

    private static (int Product, Price Price) ReadPrice(SqliteDataReader row)
    {
        var (regular, lowest, percent) = (row.GetInt64(1), row.GetInt64(2), row.GetInt32(3));
        return (row.GetInt32(0), new Price(regular * (100 - percent) / 100, regular, lowest, percent));
    }

    private static DeliveryCity ReadCity(SqliteDataReader row) =>
        new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetDouble(4), row.GetDouble(5));

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }
}
