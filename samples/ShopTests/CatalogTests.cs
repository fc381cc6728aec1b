using ShopTests.Shop;
using TypedCache.Testing;

namespace ShopTests;

/// <summary>The catalog over a cluster in this process: what it gives when values are stale, servers fail and many ask at once.</summary>
public sealed class CatalogTests : IAsyncDisposable
{
    private readonly TestCluster _cluster = new(servers: 3);
    private readonly FakeProducts _products = new();
    private readonly Catalog _catalog;

    public CatalogTests()
    {
        _catalog = new Catalog(_cluster.Connect().CreateClient<IShopCache>(), _products);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_product_is_loaded_once_in_ten_minutes()
    {
        await _catalog.FindAsync(42, Token);
        _cluster.Advance("9m");
        await _catalog.FindAsync(42, Token);

        Assert.Equal(1, _products.Loads);
        _cluster.Calls.AssertMisses("shop:product:42", times: 1);
        _cluster.Calls.AssertHits("shop:product:42", times: 1);
    }

    [Fact]
    public async Task A_stale_product_is_shown_while_it_is_loaded_anew()
    {
        await _catalog.FindAsync(42, Token);
        await _products.ChangePriceAsync(42, 12, Token);
        _cluster.Advance("11m");

        Assert.Equal(10, (await _catalog.FindAsync(42, Token)).Price);
        await _cluster.Calls.WaitForAsync(CallKind.Set, "shop:product:42", times: 2, Token);
        Assert.Equal(12, (await _catalog.FindAsync(42, Token)).Price);
    }

    [Fact]
    public async Task A_product_is_still_shown_when_the_database_is_down()
    {
        await _catalog.FindAsync(42, Token);
        _cluster.Advance("11m");
        _products.IsDown = true;

        Assert.Equal(10, (await _catalog.FindAsync(42, Token)).Price);
        await _cluster.Calls.WaitForAsync(CallKind.Set, "shop:product:42", times: 2, Token);

        _cluster.Advance("20s");
        Assert.Equal(10, (await _catalog.FindAsync(42, Token)).Price);
        Assert.Equal(2, _products.Loads);
    }

    [Fact]
    public async Task A_thousand_visitors_load_a_product_once()
    {
        var visitors = Enumerable.Range(0, 1000).Select(_ => _catalog.FindAsync(42, Token).AsTask());

        Assert.All(await Task.WhenAll(visitors), static product => Assert.Equal(10, product.Price));

        Assert.Equal(1, _products.Loads);
    }

    [Fact]
    public async Task A_changed_price_is_seen_at_once()
    {
        await _catalog.FindAsync(42, Token);

        await _catalog.ChangePriceAsync(42, 12, Token);

        Assert.Equal(12, (await _catalog.FindAsync(42, Token)).Price);
        _cluster.Calls.AssertOrder("store shop:product:42", "delete shop:product:42", "store shop:product:42");
    }

    [Fact]
    public async Task Products_are_shown_without_their_server()
    {
        await _catalog.FindAsync(42, Token);
        _cluster.ServerOf("shop:product:42").FailNext(3);

        for (var visit = 0; visit < 4; visit++)
        {
            Assert.Equal(10, (await _catalog.FindAsync(42, Token)).Price);
        }

        Assert.Equal(1 + 3, _products.Loads);
    }

    [Fact]
    public async Task A_server_that_hangs_holds_a_page_up_for_one_second_at_most()
    {
        await _catalog.FindAsync(42, Token);
        _cluster.ServerOf("shop:product:42").Hang();

        var page = _catalog.FindAsync(42, Token).AsTask();
        await _cluster.Calls.WaitForAsync(CallKind.Get, "shop:product:42", times: 2, Token);
        _cluster.Advance("1s");

        Assert.Equal(10, (await page).Price);
    }

    [Fact]
    public void The_new_version_reads_what_the_released_one_has_stored() =>
        Contract.Of(typeof(IShopCache).Assembly).Verify(Contract.Read("released.contract.json"));

    [Fact]
    public async Task The_new_version_reads_the_bytes_of_the_released_one()
    {
        _cluster.StoreRecorded("shop:product:42", "flags 65537, bytes 83A2496407A44E616D65A44C616D70A55072696365A431302E35", TimeSpan.FromMinutes(15));

        Assert.Equal(new Product(7, "Lamp", 10.5m), await _catalog.FindAsync(42, Token));
    }
}
