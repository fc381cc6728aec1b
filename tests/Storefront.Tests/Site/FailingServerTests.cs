namespace TypedCache.Storefront.Tests.Site;

/// <summary>The shop while its cache servers stop, come back and become more.</summary>
public sealed class FailingServerTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private static readonly string[] Paths = ["/", "/category/3", "/product/1", "/product/2", "/product/3", "/product/4", "/basket", "/delivery", "/delivery/FR"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_fails_while_servers_stop_and_come_back()
    {
        using var shopper = shop.Enter();
        await VisitAsync(shopper);
        foreach (var server in shop.Pool.Servers)
        {
            Assert.True(await shop.Servers.StopAsync(server.Name));
            await VisitAsync(shopper);
            Assert.False(await shop.Servers.StopAsync(server.Name));
        }

        // None is left.
        await VisitAsync(shopper);
        foreach (var server in shop.Pool.Servers)
        {
            Assert.True(shop.Servers.Restart(server.Name));
            Assert.False(shop.Servers.Restart(server.Name));
        }

        await VisitAsync(shopper);
        await shop.Pool.WaitForServersAsync(Token);
    }

    [Fact]
    public async Task A_server_that_is_not_ours_cannot_be_stopped() =>
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await shop.Servers.StopAsync("127.0.0.1:1"));

    private static async Task VisitAsync(Shopper shopper)
    {
        foreach (var path in Paths)
        {
            await shopper.OpenAsync(path);
        }
    }
}
