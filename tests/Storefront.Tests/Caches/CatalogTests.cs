using Storefront.Caches;
using Storefront.Origin;
using Storefront.Shop;
using TypedCache.Testing;

namespace TypedCache.Storefront.Tests.Caches;

/// <summary>What the pages ask, over a cluster in this process whose clock the tests set.</summary>
public sealed class CatalogTests : IAsyncDisposable
{
    private const int Hot = 42;
    private const string HotKey = "shop:product:42";

    private readonly TestCluster _cluster = new(servers: 3);
    private readonly FakeOrigin _origin = new();
    private readonly MemcachedPool _pool;
    private readonly Catalog _catalog;

    public CatalogTests()
    {
        _pool = _cluster.Connect();
        _catalog = Over(_pool, _origin);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task An_expired_hot_product_is_created_once_while_all_visitors_get_the_old_one()
    {
        await FindAsync(Hot);
        _cluster.Advance("11m");

        var names = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => FindAsync(Hot)));
        await _cluster.Calls.WaitForAsync(CallKind.Set, HotKey, times: 2, Token);

        Assert.Contains("Lamp 1", names);
        Assert.Equal(2, _origin.Loads);
        Assert.Equal("Lamp 2", await FindAsync(Hot));
    }

    [Fact]
    public async Task A_removed_hot_product_is_created_once_for_all_visitors()
    {
        await FindAsync(Hot);
        await _pool.CreateClient<IProductCache>().DeleteAsync(Hot, Token);

        var names = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => FindAsync(Hot)));

        Assert.All(names, static name => Assert.Equal("Lamp 2", name));
        Assert.Equal(2, _origin.Loads);
    }

    [Fact]
    public async Task While_the_database_fails_the_old_product_is_shown_and_the_database_left_in_peace()
    {
        await FindAsync(Hot);
        _cluster.Advance("11m");
        _origin.IsDown = true;

        Assert.Equal("Lamp 1", await FindAsync(Hot));
        await _cluster.Calls.WaitForAsync(CallKind.Set, HotKey, times: 2, Token);
        _cluster.Advance("20s");
        Assert.Equal("Lamp 1", await FindAsync(Hot));

        Assert.Equal(2, _origin.Loads);
    }

    [Fact]
    public async Task A_product_that_does_not_exist_is_asked_for_once()
    {
        Assert.Null(await FindAsync(1001));
        Assert.Null(await FindAsync(1001));

        Assert.Equal(1, _origin.Loads);
    }

    [Fact]
    public async Task Without_the_cache_each_visitor_asks_the_database_and_nobody_a_server()
    {
        await _catalog.FindProductAsync(Hot, cached: false, Token);
        await _catalog.FindProductAsync(Hot, cached: false, Token);

        Assert.Equal(2, _origin.Loads);
        _cluster.Calls.AssertNone();
    }

    [Fact]
    public async Task Of_a_price_list_only_the_missing_prices_are_loaded_with_one_query()
    {
        await _catalog.FindPricesAsync("JP", [1, 2, 3], cached: true, Token);
        var prices = await _catalog.FindPricesAsync("JP", [2, 3, 4, 5], cached: true, Token);

        Assert.Equal([2, 3, 4, 5], prices.Keys.Order());
        Assert.Equal([[1, 2, 3], [4, 5]], _origin.Priced.Select(static ids => ids.Order().ToArray()));
        Assert.Equal(7, _catalog.Asked);
        Assert.Equal(5, _catalog.Created);
    }

    [Fact]
    public async Task Prices_of_one_region_are_not_those_of_another()
    {
        await _catalog.FindPricesAsync("JP", [1], cached: true, Token);
        await _catalog.FindPricesAsync("DE", [1], cached: true, Token);

        _cluster.AssertStored("shop:price:JP:1");
        _cluster.AssertStored("shop:price:DE:1");
        Assert.Equal(2, _origin.Loads);
    }

    [Fact]
    public async Task Invalidating_a_category_has_all_of_its_pages_created_anew_and_no_others()
    {
        var pages = new[] { (1, CategoryOrder.Popular, 1), (1, CategoryOrder.Popular, 2), (1, CategoryOrder.Name, 1), (2, CategoryOrder.Popular, 1) };
        foreach (var page in pages)
        {
            await FindAsync(page);
        }

        await _pool.CreateClient<ICategoryCache>().InvalidateAsync(1, Token);
        foreach (var page in pages)
        {
            await FindAsync(page);
        }

        await _cluster.Calls.WaitForAsync(CallKind.Set, "shop:category:1:*", times: 6, Token);
        Assert.Equal(4 + 3, _origin.Loads);
        Assert.NotEqual("Lamps 1", await FindAsync(pages[0]));
        Assert.Equal("Lamps 4", await FindAsync(pages[3]));
    }

    [Fact]
    public async Task A_front_page_comes_from_this_process_for_two_seconds_and_is_then_asked_for_again()
    {
        await FindFrontAsync();
        await FindFrontAsync();
        _cluster.Calls.Clear();
        for (var visit = 0; visit < 100; visit++)
        {
            Assert.Equal(1, await FindFrontAsync());
        }

        _cluster.Calls.AssertNone("shop:front:*");

        // Another process: what it changes is seen here when two seconds have passed, and no later.
        await using var other = _cluster.Connect();
        await other.DeleteAsync("shop:front:DE", Token);
        Assert.Equal(1, await FindFrontAsync());
        _cluster.Advance("2001ms");
        Assert.Equal(2, await FindFrontAsync());
    }

    [Fact]
    public async Task A_visit_that_cannot_be_counted_is_no_failure()
    {
        var views = new Views(_pool.CreateClient<IViewCache>());
        Assert.Equal(1ul, await views.CountAsync(Hot, Token));
        Assert.Equal(2ul, await views.CountAsync(Hot, Token));

        _cluster.ServerOf("shop:views:42").RefuseNext();

        Assert.Null(await views.CountAsync(Hot, Token));
    }

    [Fact]
    public void The_contract_is_that_of_the_code() =>
        Contract.Of(typeof(IProductCache).Assembly).Verify(Contract.Read("released.contract.json"));

    private static Catalog Over(MemcachedPool pool, IOrigin origin) => new(
        pool.CreateClient<IProductCache>(), pool.CreateClient<IPriceCache>(), pool.CreateClient<ICategoryCache>(), pool.CreateClient<IFrontPageCache>(), origin);

    private async Task<string?> FindAsync(int id) => (await _catalog.FindProductAsync(id, cached: true, Token))?.Name;

    private async Task<string?> FindAsync((int Category, CategoryOrder Order, int Page) page) =>
        (await _catalog.FindCategoryAsync(page.Category, page.Order, page.Page, cached: true, Token))?.Name;

    private async Task<int> FindFrontAsync() => (await _catalog.FindFrontPageAsync("DE", cached: true, Token)).Categories[0].Products;
}
