using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PuppeteerSharp;
using TypedCache.Values;

namespace TypedCache.Browser.Tests;

/// <summary>Takes the pictures of docs/dashboard: set TYPEDCACHE_SCREENSHOTS to a folder. They take a minute, and prove nothing.</summary>
public sealed class ScreenshotTests(Chromium chromium)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("TYPEDCACHE_SCREENSHOTS");

    [Fact]
    public async Task Of_a_shop_in_which_a_server_fails()
    {
        Assert.SkipWhen(Folder is null, "TYPEDCACHE_SCREENSHOTS is not set.");
        using var servers = new RunningServers(4);
        using var pool = servers.Connect(static options => options.Telemetry.PoolName = "shop");
        using var meter = new Meter("Shop");
        var pages = meter.CreateHistogram<double>("shop.page.duration", "s");
        await using var site = await Site.StartAsync([pool], Configure, InRealTime);
        var options = new GetOrCreateOptions
        {
            Expires = CacheExpiry.After(TimeSpan.FromSeconds(40)), Stale = TimeSpan.FromSeconds(20), Near = new NearOptions { Duration = TimeSpan.FromSeconds(1), SharesValues = true },
        };
        Shopping[] shoppers = [.. Enumerable.Range(0, 6).Select(_ => new Shopping(pool, 900, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(1), options))];
        using var visits = new Timer(_ => Visit(pages), null, 0, 20);
        await using var light = await chromium.OpenAsync(site.Dashboard, 1200, 900);
        await using var dark = await chromium.OpenAsync(site.Dashboard, 1200, 900, dark: true);
        await using var phone = await chromium.OpenAsync(site.Dashboard, 360, 780);
        await light.NextSamplesAsync(45);
        await SaveAsync(light, "light");
        servers.Stop(2);
        await light.UntilTextAsync("#servers .state", "failed");
        await light.NextSamplesAsync(14);
        await light.Page.HoverAsync("#chart-requests svg.plot");
        await SaveAsync(light, "failed");
        await SaveAsync(dark, "dark");
        await SaveAsync(phone, "phone");
        foreach (var (id, name) in new[] { ("compare-title", "phone-2"), ("keys", "phone-3"), ("servers-title", "phone-4"), ("templates-title", "phone-5") })
        {
            await phone.RunAsync($"document.getElementById('{id}').scrollIntoView()");
            await SaveAsync(phone, name);
        }

        servers.Start(2);
        await light.NextSamplesAsync(5);
        await SaveAsync(light, "full", full: true);
        await light.ClickAsync("#actions button[data-action='invalidate']");
        await SaveAsync(light, "dialog");
        foreach (var shopper in shoppers)
        {
            await shopper.DisposeAsync();
        }
    }

    [Fact]
    public async Task Of_a_large_cluster()
    {
        Assert.SkipWhen(Folder is null, "TYPEDCACHE_SCREENSHOTS is not set.");
        using var pool = MemcachedPool.InMemory(100);
        await using var site = await Site.StartAsync([pool], services: InRealTime);
        await using var page = await chromium.OpenAsync(site.Dashboard, 1200, 900);
        await using var crowd = new Crowd(pool, 1000);
        pool.Servers[17].Disable();
        pool.Servers[71].Disable();
        await page.NextSamplesAsync(5);
        var before = await page.Page.MetricsAsync();
        await page.NextSamplesAsync(10);
        var after = await page.Page.MetricsAsync();
        TestContext.Current.SendDiagnosticMessage($"A sample takes the page {100 * (after["TaskDuration"] - before["TaskDuration"]):0.0} ms, {100 * (after["ScriptDuration"] - before["ScriptDuration"]):0.0} ms of them for its script.");
        await SaveAsync(page, "large");
        await page.RunAsync("document.getElementById('keys').scrollIntoView()");
        await SaveAsync(page, "large-tables");
        await page.RunAsync("document.getElementById('templates-title').scrollIntoView()");
        await SaveAsync(page, "large-templates");
        await page.Page.SetViewportAsync(new ViewPortOptions { Width = 360, Height = 780 });
        await page.RunAsync("document.getElementById('servers-title').scrollIntoView()");
        await SaveAsync(page, "large-phone");
    }

    private static void InRealTime(IServiceCollection services) => services.AddSingleton(TimeProvider.System);

    private static void Configure(TypedCacheDashboardOptions options)
    {
        options.Title = "Storefront";
        options.AllowActions = true;
        options.Actions.Add(new TypedCacheDashboardAction("stop", "Stop", (call, _) => ValueTask.FromResult("")) { IsPerServer = true, NeedsConfirmation = true });
        options.Actions.Add(new TypedCacheDashboardAction("add", "Add a server", (call, _) => ValueTask.FromResult("")));
        options.Actions.Add(new TypedCacheDashboardAction("invalidate", "Invalidate a category", (call, _) => ValueTask.FromResult("")) { Choices = ["Books", "Bicycles", "Tea"] });
        options.Actions.Add(new TypedCacheDashboardAction("expire", "Expire the hot key", (call, _) => ValueTask.FromResult("")));
        options.Comparisons.Add(new TypedCacheDashboardComparison("Product page", "Shop", "shop.page.duration", "cache"));
    }

    private static void Visit(Histogram<double> pages)
    {
        pages.Record(0.0004 + (Random.Shared.NextDouble() * 0.0006), new KeyValuePair<string, object?>("cache", "with the cache"));
        pages.Record(0.03 + (Random.Shared.NextDouble() * 0.05), new KeyValuePair<string, object?>("cache", "without"));
    }

    private static async Task SaveAsync(WatchedPage page, string name, bool full = false)
    {
        await page.NextSamplesAsync();
        await page.Page.ScreenshotAsync(Path.Combine(Folder!, $"{name}.png"), new ScreenshotOptions { FullPage = full });
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', page.Complaints));
        Assert.Empty(page.Complaints);
    }
}
