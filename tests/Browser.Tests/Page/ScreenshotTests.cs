using Microsoft.Extensions.DependencyInjection;
using PuppeteerSharp;

namespace TypedCache.Browser.Tests;

/// <summary>Takes the pictures of docs/dashboard: set TYPEDCACHE_SCREENSHOTS to a folder. They take a minute, and prove nothing.</summary>
public sealed class ScreenshotTests(Chromium chromium)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("TYPEDCACHE_SCREENSHOTS");

    /// <summary>Of <c>dotnet run -c Release --project samples/Storefront -- --load</c>, which has to run: all figures are its own.</summary>
    [Fact]
    public async Task Of_the_storefront_in_which_a_server_fails()
    {
        Assert.SkipWhen(Folder is null, "TYPEDCACHE_SCREENSHOTS is not set.");
        var storefront = new Uri("http://127.0.0.1:5080/cache");
        await using var light = await chromium.OpenAsync(storefront, 1200, 900);
        await using var dark = await chromium.OpenAsync(storefront, 1200, 900, dark: true);
        await using var phone = await chromium.OpenAsync(storefront, 360, 780);
        await light.NextSamplesAsync(50);
        await SaveAsync(light, "light");
        await SaveAsync(phone, "phone");
        await light.ClickAsync("#servers [data-action=stop]");
        await light.UntilTextAsync("#servers .state", "failed");
        await light.NextSamplesAsync(14);
        await light.Page.HoverAsync("#chart-requests svg.plot");
        await SaveAsync(light, "failed");
        await SaveAsync(dark, "dark");
        await light.ClickAsync("#servers [data-action=restart]");
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

    private static async Task SaveAsync(WatchedPage page, string name, bool full = false)
    {
        await page.NextSamplesAsync();
        await page.Page.ScreenshotAsync(Path.Combine(Folder!, $"{name}.png"), new ScreenshotOptions { FullPage = full });
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', page.Complaints));
        Assert.Empty(page.Complaints);
    }
}
