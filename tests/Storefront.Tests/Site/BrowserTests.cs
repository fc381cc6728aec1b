using TypedCache.Browser.Tests;

namespace TypedCache.Storefront.Tests.Site;

/// <summary>The shop's live page in a real browser, while visitors come.</summary>
public sealed class BrowserTests(RunningShop shop, Chromium chromium) : IClassFixture<RunningShop>
{
    private static readonly string[] Paths = ["/product/3?cache=off", "/", "/category/3", "/product/1", "/product/2", "/basket", "/delivery/FR"];

    // Pages without the caches come first here, and stand second.
    private const string ProductPage = "[...document.querySelectorAll('#compare .range-title')].find(title => title.textContent === 'Product page')?.parentNode";
    private const string NamesIn = "(box => [...box.querySelectorAll('.name')].map(name => name.textContent).join())";

    [Fact]
    public async Task A_server_is_stopped_and_restarted_by_its_buttons_and_no_page_fails()
    {
        await using var page = await chromium.OpenAsync(new Uri(shop.Address, "/cache"));
        await page.UntilTextAsync("#connection", "Live");
        using var ended = new CancellationTokenSource();
        Task[] visitors = [.. Enumerable.Range(0, 4).Select(_ => VisitAsync(ended.Token))];
        await page.UntilAsync("parseFloat(document.getElementById('tile-requests').textContent) > 0");
        await page.UntilTextAsync("#compare-lead", "cache");
        await page.UntilAsync($"(() => {{ const box = {ProductPage}; return box && {NamesIn}(box) === 'with the caches,without' && box.querySelectorAll('.f-cache').length === 1 && box.querySelectorAll('.f-origin').length === 1; }})()");

        await page.ClickAsync("#servers [data-action=stop]");
        await page.UntilTextAsync("#result", "has stopped");
        await page.UntilTextAsync("#servers .state", "failed");
        await page.NextSamplesAsync(2);
        await page.RunAsync("[...document.querySelectorAll('#servers tbody tr')].find(row => row.textContent.includes('failed')).querySelector('[data-action=restart]').click()");
        await page.UntilAsync("[...document.querySelectorAll('#servers .state')].every(state => state.textContent === 'connected')");

        await ended.CancelAsync();
        await Task.WhenAll(visitors);
        Assert.Empty(page.Complaints);
        Assert.All(page.Requests, request => Assert.Equal(shop.Address.Authority, request.Authority));
    }

    // A page that is not answered with success throws.
    private async Task VisitAsync(CancellationToken ended)
    {
        using var shopper = shop.Enter();
        while (!ended.IsCancellationRequested)
        {
            foreach (var path in Paths)
            {
                await shopper.OpenAsync(path);
            }
        }
    }
}
