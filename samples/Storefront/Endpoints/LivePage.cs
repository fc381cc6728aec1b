using Storefront.Caches;
using Storefront.Origin;
using Storefront.Servers;
using Storefront.Shop;
using TypedCache;

namespace Storefront.Endpoints;

/// <summary>
/// The live page of the caches, with buttons to break them. It answers requests of this machine alone, as all live pages do that require no
/// authorization.
/// </summary>
/// <param name="products">The cache of products.</param>
/// <param name="categories">That of categories.</param>
/// <param name="size">How large the shop is.</param>
internal sealed class LivePage(IProductCache products, ICategoryCache categories, ShopSize size)
{
    private readonly int _hottest = new Popularity(size.Products).Hottest;

    /// <summary>Maps it.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="servers">The servers in this process; null: there are real ones, which are not ours to stop.</param>
    public static void Map(IEndpointRouteBuilder endpoints, EmbeddedServers? servers)
    {
        var page = ActivatorUtilities.CreateInstance<LivePage>(endpoints.ServiceProvider);
        endpoints.MapTypedCacheDashboard("/cache", options =>
        {
            options.Title = "Storefront";
            options.AllowActions = true;
            options.Comparisons.Add(new("Product page", PageTimes.MeterName, PageTimes.ProductName, PageTimes.CacheTag));
            options.Comparisons.Add(new("Category page", PageTimes.MeterName, PageTimes.CategoryName, PageTimes.CacheTag));
            options.Comparisons.Add(new("Front page", PageTimes.MeterName, PageTimes.FrontName, PageTimes.CacheTag));
            page.AddActions(options.Actions);
            if (servers is not null)
            {
                AddActions(options.Actions, servers);
            }
        });
    }

    private void AddActions(IList<TypedCacheDashboardAction> actions)
    {
        actions.Add(new("expire-hot", "Expire the hot product", ExpireHottestAsync));
        actions.Add(new("remove-hot", "Remove the hot product", RemoveHottestAsync));
        actions.Add(new("invalidate-category", "Invalidate a category", InvalidateCategoryAsync)
        {
            Choices = [.. Assortment.Categories.Select(static category => category.Name)],
        });
    }

    private static void AddActions(IList<TypedCacheDashboardAction> actions, EmbeddedServers servers)
    {
        actions.Add(new("stop", "Stop", async (call, _) => await servers.StopAsync(call.Server!.Name)
            ? $"{call.Server.Name} has stopped, and its items are gone. Its keys go to the other servers."
            : $"{call.Server.Name} had been stopped before.") { IsPerServer = true });
        actions.Add(new("restart", "Restart", (call, _) => ValueTask.FromResult(servers.Restart(call.Server!.Name)
            ? $"{call.Server.Name} runs again, and is empty. Its keys come back to it within a second."
            : $"{call.Server.Name} runs already. Stop it first.")) { IsPerServer = true });
        actions.Add(new("add-server", "Add a server", async (call, _) =>
        {
            await AddAsync(servers, call.Pool);
            return "One more server has joined. What belongs to it now moves there when it is read: for a minute, nothing has to be created for that.";
        }));
    }

    private static async ValueTask AddAsync(EmbeddedServers servers, MemcachedPool pool)
    {
        servers.Add();
        var moving = pool.UpdateServersAsync(servers.ConnectionString).AsTask();
        if (moving.IsCompleted)
        {
            // It has failed, or there is nothing to move; otherwise it goes on for a minute, which nobody has to wait for.
            await moving;
        }
    }

    private async ValueTask<string> ExpireHottestAsync(TypedCacheDashboardCall call, CancellationToken cancellationToken) =>
        await products.InvalidateAsync(_hottest, cancellationToken)
            ? $"Product {_hottest} has expired. Who asks next has it created; until then all get the old one."
            : $"Product {_hottest} is not in the cache. Look at it first: /product/{_hottest}";

    private async ValueTask<string> RemoveHottestAsync(TypedCacheDashboardCall call, CancellationToken cancellationToken) =>
        await products.DeleteAsync(_hottest, cancellationToken)
            ? $"Product {_hottest} is gone. Who asks next creates it; all others wait for that."
            : $"Product {_hottest} is not in the cache. Look at it first: /product/{_hottest}";

    private async ValueTask<string> InvalidateCategoryAsync(TypedCacheDashboardCall call, CancellationToken cancellationToken)
    {
        var category = 1 + Assortment.Categories.Select(static category => category.Name).ToList().IndexOf(call.Choice!);
        await categories.InvalidateAsync(category, cancellationToken);
        return $"All pages of {call.Choice} are old, with one request. Each is created anew when somebody asks for it.";
    }
}
