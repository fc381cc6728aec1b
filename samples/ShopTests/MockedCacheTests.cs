using NSubstitute;
using ShopTests.Shop;
using TypedCache;

namespace ShopTests;

/// <summary>
/// The catalog over a mock of the interface: enough to see which calls it makes and what it does with their results and exceptions. A mock has no
/// time, no keys and no servers.
/// </summary>
public sealed class MockedCacheTests
{
    private readonly IShopCache _cache = Substitute.For<IShopCache>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_price_removes_the_product()
    {
        await new Catalog(_cache, new FakeProducts()).ChangePriceAsync(42, 12, Token);

        await _cache.Received(1).DeleteProductAsync(42, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_price_that_cannot_be_removed_from_the_cache_is_no_secret()
    {
        _cache.DeleteProductAsync(42, Arg.Any<CancellationToken>()).Returns(static _ => ValueTask.FromException<bool>(new MemcachedConnectionException("no server")));

        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await new Catalog(_cache, new FakeProducts()).ChangePriceAsync(42, 12, Token));
    }
}
