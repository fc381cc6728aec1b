using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Storefront.Shop;
using TypedCache.Storefront.Tests.Origin;

namespace TypedCache.Storefront.Tests.Site;

/// <summary>The buttons of the live page.</summary>
public sealed class LivePageTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private static readonly int Hottest = new Popularity(TemporaryDatabase.Size.Products).Hottest;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_is_stopped_and_restarted_while_pages_are_shown()
    {
        using var shopper = shop.Enter();
        var server = shop.Pool.Servers[1].Name;

        Assert.Contains("has stopped", await PressAsync(shopper, "stop", server), StringComparison.Ordinal);
        await shopper.OpenAsync("/product/1");
        Assert.Contains("had been stopped before", await PressAsync(shopper, "stop", server), StringComparison.Ordinal);
        Assert.Contains("runs again", await PressAsync(shopper, "restart", server), StringComparison.Ordinal);
        Assert.Contains("runs already", await PressAsync(shopper, "restart", server), StringComparison.Ordinal);
        await shopper.OpenAsync("/product/1");
        await shop.UntilAllAnswerAsync(Token);
    }

    [Fact]
    public async Task Values_move_to_a_server_that_is_added_and_are_not_created_again()
    {
        using var shopper = shop.Enter();
        string[] paths = [.. Enumerable.Range(101, 40).Select(static product => $"/product/{product}")];
        await VisitAsync();
        var (queries, servers) = (shop.Queries, shop.Pool.Servers.Count);

        Assert.Contains("has joined", await PressAsync(shopper, "add-server"), StringComparison.Ordinal);
        while (shop.Pool.MovePhase is ServerMovePhase.None or ServerMovePhase.Prepare)
        {
            await Task.Delay(10, Token);
        }

        await VisitAsync();

        Assert.Equal(servers + 1, shop.Pool.Servers.Count);
        Assert.Contains(paths, path => shop.Pool.FindServer($"shop:product:{path[9..]}") == shop.Pool.Servers[^1]);
        Assert.Equal(queries, shop.Queries);

        async Task VisitAsync()
        {
            foreach (var path in paths)
            {
                await shopper.OpenAsync(path);
            }
        }
    }

    [Fact]
    public async Task The_hot_product_is_removed_and_created_once()
    {
        using var shopper = shop.Enter();
        await shopper.OpenAsync($"/product/{Hottest}");
        var queries = shop.Queries;

        Assert.Contains("is gone", await PressAsync(shopper, "remove-hot"), StringComparison.Ordinal);
        Assert.Contains("not in the cache", await PressAsync(shopper, "remove-hot"), StringComparison.Ordinal);
        await shopper.OpenAsync($"/product/{Hottest}");
        await shopper.OpenAsync($"/product/{Hottest}");

        Assert.Equal(queries + 1, shop.Queries);
        Assert.Contains("has expired", await PressAsync(shopper, "expire-hot"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_category_is_invalidated_by_its_name()
    {
        using var shopper = shop.Enter();

        Assert.Contains("Nuts & Bolts", await PressAsync(shopper, "invalidate-category", choice: "Nuts & Bolts"), StringComparison.Ordinal);
    }

    private static async Task<string> PressAsync(Shopper shopper, string action, string? server = null, string? choice = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/cache/actions/{action}") { Content = JsonContent.Create(new { server, choice }) };
        request.Headers.Add("X-TypedCache-Action", "1");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await shopper.AskAsync(request);
        var reply = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{reply}");
        return reply.GetProperty("message").GetString()!;
    }
}
