using Microsoft.Extensions.DependencyInjection;
using TypedCache.Values;

namespace TypedCache.Browser.Tests;

/// <summary>What the page shows of caches at work.</summary>
public sealed class LivePageTests(Chromium chromium)
{
    private static readonly KeyTemplate Hot = new("shop", "front");

    [Fact]
    public async Task Its_numbers_move()
    {
        using var servers = new RunningServers(3);
        using var pool = servers.Connect();
        await using var site = await Site.StartAsync([pool], static options => options.Title = "Shop");
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await page.UntilTextAsync("#connection", "Live");
        await page.UntilAsync("document.title.startsWith('Shop')");
        await using (new Shopping(pool))
        {
            await page.UntilAsync("parseFloat(document.getElementById('tile-requests').textContent) > 0");
            await page.UntilAsync("parseFloat(document.getElementById('tile-saved').textContent) > 1");
            await page.UntilTextAsync("#compare-lead", "times faster");
            await page.UntilTextAsync("#templates code", "shop:product:{id}");
            await page.UntilTextAsync("#creations", "after a miss, stored:");
            await page.UntilAsync("document.querySelectorAll('#chart-requests .series').length >= 4");
            await page.UntilAsync("/hits [1-9]/.test(document.querySelector('#chart-requests svg.plot').getAttribute('aria-label'))");
            await page.UntilAsync("[...document.querySelectorAll('#servers tbody tr')].every(row => parseFloat(row.cells[2].textContent) > 0)");
            await page.UntilAsync("/[1-9].* keys on 3 servers/.test(document.getElementById('keys-plot').getAttribute('aria-label'))");
            var before = await page.TextAsync("#tile-saved");
            await page.UntilAsync($"document.getElementById('tile-saved').textContent !== '{before}'");
        }

        await page.UntilAsync("document.getElementById('tile-requests').textContent === '0/s'");
        AssertQuiet(page, site);
    }

    [Fact]
    public async Task A_stopped_server_is_shown_and_no_read_fails()
    {
        using var servers = new RunningServers(3);
        using var pool = servers.Connect();
        await using var site = await Site.StartAsync([pool]);
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await using var shopping = new Shopping(pool);
        await page.UntilAsync("[...document.querySelectorAll('#servers .state')].filter(e => e.textContent === 'connected').length === 3");
        servers.Stop(1);
        var row = $"[...document.querySelectorAll('#servers tbody tr')].find(row => row.cells[1].textContent.startsWith('{servers.NameOf(1)}'))";
        await page.UntilAsync($"{row}.cells[0].textContent === 'failed'");
        Assert.True(await page.EvaluateAsync<bool>($"{row}.querySelector('.failure').textContent.length > 0 && {row}.querySelector('.state svg path').getAttribute('class') === 'f-bad'"));
        await page.UntilTextAsync("#events li", $"{servers.NameOf(1)} has failed");
        await page.UntilTextAsync("#topology", "1 out of use");
        await page.UntilTextAsync("#announcement", "has failed");
        servers.Start(1);
        await page.UntilAsync($"{row}.cells[0].textContent === 'connected'");
        await page.UntilTextAsync("#events li", $"{servers.NameOf(1)} is back.");
        Assert.Equal(1, await page.EvaluateAsync<int>("[...document.querySelectorAll('#events li')].filter(e => e.textContent.includes('is back')).length"));
        Assert.Equal(0, shopping.Failures);
        AssertQuiet(page, site);
    }

    [Fact]
    public async Task The_expiry_of_a_hot_key_costs_one_create()
    {
        var creates = 0;
        var options = new GetOrCreateOptions { Expires = CacheExpiry.After(TimeSpan.FromMinutes(10)) };
        using var servers = new RunningServers(2);
        using var pool = servers.Connect();
        await using var site = await Site.StartAsync([pool], page =>
        {
            page.AllowActions = true;
            page.Actions.Add(new TypedCacheDashboardAction("expire", "Expire the hot key", async (call, cancellationToken) =>
                await call.Pool.DeleteAsync("shop:front", cancellationToken, Hot) ? "It has expired." : "It was not there."));
        });
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await page.UntilTextAsync("#connection", "Live");
        using var ended = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 20).Select(async _ =>
        {
            while (!ended.IsCancellationRequested)
            {
                await pool.GetOrCreateAsync("shop:front", CreateAsync, CacheCodecs.String, options, template: Hot);
                await Task.Delay(5);
            }
        }).ToList();
        await page.UntilTextAsync("#creations li", "after a miss, stored: 1");
        await page.ClickAsync("#actions button[data-action=expire]");
        await page.UntilTextAsync("#result", "It has expired.");
        await page.UntilTextAsync("#creations li", "after a miss, stored: 2");
        await page.NextSamplesAsync(2);
        Assert.Equal("after a miss, stored: 2", await page.TextAsync("#creations"));
        await ended.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(2, creates);
        AssertQuiet(page, site);

        async ValueTask<string> CreateAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref creates);
            await Task.Delay(300, cancellationToken);
            return "The front page";
        }
    }

    [Fact]
    public async Task It_says_that_the_application_is_gone_and_goes_on_with_the_next()
    {
        using var pool = MemcachedPool.InMemory();
        var first = await Site.StartAsync([pool]);
        await using var page = await chromium.OpenAsync(first.Dashboard);
        await page.UntilTextAsync("#connection", "Live");
        await first.StopAsync();
        await first.DisposeAsync();
        await page.UntilTextAsync("#connection", "Connection lost");
        await page.UntilTextAsync("#events li", "The connection to the application is lost.");
        await using var second = await Site.StartAsync([pool], url: first.Root.AbsoluteUri);
        await page.UntilTextAsync("#connection", "Live");
        await page.UntilTextAsync("#events li", "The application has started anew.");
        await page.NextSamplesAsync(2);
    }

    [Fact]
    public async Task What_it_shows_is_text_whatever_it_looks_like()
    {
        const string Evil = "<img src=x onerror=alert(1)>{id}";
        using var pool = MemcachedPool.InMemory();
        await using var site = await Site.StartAsync([pool], static options =>
        {
            options.Title = "<b>Shop</b>";
            options.AllowActions = true;
            options.Actions.Add(new TypedCacheDashboardAction("evil", "<i>Evil</i>", static (_, _) => throw new InvalidOperationException(Evil)) { Choices = ["<u>1</u>"] });
        });
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await page.UntilTextAsync("#connection", "Live");
        await pool.GetAsync("key", CacheCodecs.Int32, TestContext.Current.CancellationToken, new KeyTemplate("<script>", Evil));
        await page.UntilTextAsync("#templates code", Evil);
        await page.ClickAsync("#actions button[data-action=evil]");
        await page.ClickAsync("#dialog-ok");
        await page.UntilTextAsync("#result.error", Evil);
        Assert.Equal("<b>Shop</b>", await page.TextAsync("#title"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('main img, main b b, main i i, h1 b, main script, u').length"));

        // The browser says itself that the answer was 500.
        Assert.All(page.Complaints, static complaint => Assert.Contains("500", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_pool_it_says_how_to_register_one()
    {
        await using var site = await Site.StartAsync();
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await page.UntilAsync("document.getElementById('no-pools').offsetHeight > 0");
        AssertQuiet(page, site);
    }

    [Fact]
    public async Task Several_pools_are_told_apart()
    {
        await using var site = await Site.StartAsync(configure: static options => options.AllowActions = true, services: static services =>
        {
            services.AddKeyedTypedCache("products").UseInMemory();
            services.AddKeyedTypedCache("sessions").UseInMemory(2);
        });
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await page.UntilTextAsync("#servers .tag", "products");
        await page.UntilTextAsync("#servers .tag", "sessions");
        await page.UntilTextAsync("#topology", "sessions: 2 servers, topology 1");
        await page.UntilTextAsync("#actions button", "Flush all servers (sessions)");
        AssertQuiet(page, site);
    }

    internal static void AssertQuiet(WatchedPage page, Site site)
    {
        Assert.Empty(page.Complaints);
        Assert.All(page.Requests, address => Assert.Equal(site.Root.Authority, address.Authority));
        Assert.NotEmpty(page.Requests);
    }
}
