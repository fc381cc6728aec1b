using Storefront.Origin;
using Storefront.Shop;

namespace TypedCache.Storefront.Tests.Origin;

/// <summary>What the queries give, against what is in the tables.</summary>
public sealed class ShopDatabaseTests : IDisposable
{
    private readonly TemporaryDatabase _file = new();
    private readonly ShopDatabase _database;

    public ShopDatabaseTests()
    {
        _file.File.Ensure(static _ => { });
        _database = new ShopDatabase(_file.File.FullPath);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task The_hottest_product_is_the_first_of_its_category_and_of_the_front_page()
    {
        var hottest = new Popularity(TemporaryDatabase.Size.Products).Hottest;
        var product = await _database.LoadProductAsync(hottest, Token);
        Assert.NotNull(product);
        var category = await _database.LoadCategoryAsync(product.Category, CategoryOrder.Popular, 1, Token);
        var region = Region.Find(new Places(_database).Warehouse(product.Stock[0].Warehouse).Region)!;
        var front = await _database.LoadFrontPageAsync(region.Code, Token);

        Assert.Equal(1, product.Position);
        Assert.Equal(hottest, category!.Products[0].Id);
        Assert.Equal(hottest, front.MostViewed[0].Id);
        Assert.Equal(product.CategoryName, category.Name);
        Assert.Equal(product.Stars.Sum(), category.Products[0].Reviews);
        Assert.Equal(6, product.Related.Length);
        Assert.DoesNotContain(product.Related, related => related.Id == hottest || related.Category != product.Category);
    }

    [Fact]
    public async Task The_pages_of_a_category_have_each_product_once_in_each_order()
    {
        foreach (var order in Enum.GetValues<CategoryOrder>())
        {
            var first = await _database.LoadCategoryAsync(7, order, 1, Token);
            var ids = new List<int>();
            for (var page = 1; ids.Count < first!.Total; page++)
            {
                ids.AddRange((await _database.LoadCategoryAsync(7, order, page, Token))!.Products.Select(static product => product.Id));
            }

            Assert.Equal(first.Total, ids.Distinct().Count());
        }
    }

    [Fact]
    public async Task Each_region_has_a_price_for_each_product_which_no_campaign_raises()
    {
        int[] ids = [.. Enumerable.Range(1, 100)];
        foreach (var region in Region.All)
        {
            var prices = await _database.LoadPricesAsync(region.Code, ids, Token);

            Assert.Equal(ids, prices.Keys.Order());
            Assert.All(prices.Values, static price => Assert.True(price.Now > 0 && price.Now <= price.Regular && price.Lowest <= price.Regular, $"{price}"));
        }
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        Assert.Null(await _database.LoadProductAsync(TemporaryDatabase.Size.Products + 1, Token));
        Assert.Null(await _database.LoadCategoryAsync(0, CategoryOrder.Name, 1, Token));
        Assert.Empty(await _database.LoadPricesAsync("XX", [1], Token));
    }

    [Fact]
    public void Each_region_has_two_warehouses_and_cities_to_choose()
    {
        var places = new Places(_database);

        Assert.All(Region.All, region =>
        {
            Assert.Equal(2, places.Warehouses.Count(warehouse => warehouse.Region == region.Code));
            Assert.Equal(8, places.Cities.Count(city => city.Region == region.Code));
        });
    }
}
