using TypedCache.Values;

namespace TypedCache.Browser.Tests;

/// <summary>The buttons of the page.</summary>
public sealed class ActionTests(Chromium chromium)
{
    [Fact]
    public async Task There_are_none_by_default()
    {
        using var pool = MemcachedPool.InMemory(2);
        await using var site = await Site.StartAsync([pool], static options => options.Actions.Add(new TypedCacheDashboardAction("own", "Own", static (_, _) => ValueTask.FromResult("done"))));
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await page.UntilTextAsync("#subtitle", "read only");
        await page.NextSamplesAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('[data-action]').length"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.getElementById('actions').offsetHeight"));
        LivePageTests.AssertQuiet(page, site);
    }

    [Fact]
    public async Task A_server_is_taken_out_of_use_and_used_again()
    {
        using var pool = MemcachedPool.InMemory(2);
        await using var site = await Site.StartAsync([pool], static options => options.AllowActions = true);
        await using var page = await chromium.OpenAsync(site.Dashboard);
        var name = pool.Servers[1].Name;
        await page.UntilAsync($"document.querySelector('[aria-label=\"Take out of use: {name}\"]') !== null");
        await page.ClickAsync($"[aria-label='Take out of use: {name}']");
        await page.UntilTextAsync("#result", $"{name} is out of use");
        await page.UntilAsync("document.querySelectorAll('#servers tr.failed').length === 1");
        Assert.Equal(ServerState.Failed, pool.Servers[1].State);

        // The button has become the other one, and is still the one that the keyboard is at.
        Assert.Equal($"Use again: {name}", await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));
        await page.Page.Keyboard.PressAsync("Enter");
        await page.UntilAsync("document.querySelectorAll('#servers tr.failed').length === 0");
        Assert.NotEqual(ServerState.Failed, pool.Servers[1].State);
        LivePageTests.AssertQuiet(page, site);
    }

    [Fact]
    public async Task Flush_asks_first()
    {
        using var pool = MemcachedPool.InMemory(2);
        await pool.SetAsync("key", 1, CacheCodecs.Int32, cancellationToken: TestContext.Current.CancellationToken);
        await using var site = await Site.StartAsync([pool], static options => options.AllowActions = true);
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await page.UntilAsync("document.querySelector('#actions [data-action=flush]') !== null");
        await page.ClickAsync("#actions [data-action=flush]");
        Assert.Equal("Flush all servers", await page.TextAsync("#dialog-title"));
        Assert.Equal("dialog-cancel", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Page.Keyboard.PressAsync("Escape");
        await page.UntilAsync("!document.getElementById('dialog').open");
        await page.ClickAsync("#actions [data-action=flush]");
        await page.ClickAsync("#dialog-cancel");
        await page.NextSamplesAsync();
        Assert.Equal(1, await pool.GetAsync("key", CacheCodecs.Int32, TestContext.Current.CancellationToken));
        await page.ClickAsync("#actions [data-action=flush]");
        await page.ClickAsync("#dialog-ok");
        await page.UntilTextAsync("#result", "All servers are empty.");
        Assert.Equal(0, await pool.GetAsync("key", CacheCodecs.Int32, TestContext.Current.CancellationToken));
        LivePageTests.AssertQuiet(page, site);
    }

    [Fact]
    public async Task One_of_the_application_is_given_a_choice_and_its_answer_is_shown()
    {
        using var pool = MemcachedPool.InMemory(2);
        await using var site = await Site.StartAsync([pool], static options =>
        {
            options.AllowActions = true;
            options.Actions.Add(new TypedCacheDashboardAction("invalidate", "Invalidate a category", static (call, _) => ValueTask.FromResult($"{call.Choice} is new again")) { Choices = ["books", "tea"] });
            options.Actions.Add(new TypedCacheDashboardAction("stop", "Stop", static (call, _) => ValueTask.FromResult($"{call.Server!.Name} stops")) { IsPerServer = true });
        });
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await page.UntilAsync("document.querySelector('#actions [data-action=invalidate]') !== null");
        await page.ClickAsync("#actions [data-action=invalidate]");
        await page.Page.SelectAsync("#dialog-choice", "tea");
        await page.ClickAsync("#dialog-ok");
        await page.UntilTextAsync("#result", "tea is new again");
        await page.UntilTextAsync("#events li", "tea is new again");
        await page.UntilAsync("document.querySelectorAll('#servers [data-action=stop]').length === 2");
        await page.ClickAsync($"[aria-label='Stop: {pool.Servers[1].Name}']");
        await page.UntilTextAsync("#result", $"{pool.Servers[1].Name} stops");

        // What happened is marked in the charts.
        await page.UntilAsync("document.querySelectorAll('#chart-requests .mark').length === 2");
        LivePageTests.AssertQuiet(page, site);
    }
}
