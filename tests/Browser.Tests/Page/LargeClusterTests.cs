using Microsoft.Extensions.DependencyInjection;
using TypedCache.Values;

namespace TypedCache.Browser.Tests;

/// <summary>The page with a hundred servers and a thousand templates.</summary>
public sealed class LargeClusterTests(Chromium chromium)
{
    [Fact]
    public async Task It_shows_a_hundred_rows_and_finds_the_others()
    {
        using var pool = MemcachedPool.InMemory(100);
        pool.Servers[42].Disable();
        await using var site = await Site.StartAsync([pool], services: static services => services.AddSingleton(TimeProvider.System));
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await using var crowd = new Crowd(pool, 1000);
        await page.UntilAsync("document.getElementById('templates-count').textContent === '1,000'");
        await page.UntilAsync("document.querySelectorAll('#servers tbody tr').length === 100");
        Assert.Equal(100, await page.EvaluateAsync<int>("document.querySelectorAll('#templates tbody tr').length"));
        await page.UntilTextAsync("#templates-more", "900 more.");
        Assert.Equal(1, await page.EvaluateAsync<int>("document.querySelectorAll('#servers tr.failed').length"));

        // Sorted as it says, by a number and by name.
        await page.ClickAsync("#templates th:nth-child(7) button");
        Assert.Equal("descending", await page.EvaluateAsync<string>("document.querySelector('#templates th:nth-child(7)').getAttribute('aria-sort')"));
        await page.ClickAsync("#templates th:first-child button");
        const string Names = "[...document.querySelectorAll('#templates tbody code')].map(e => e.textContent)";
        var names = await page.EvaluateAsync<string[]>(Names);
        Assert.Equal("service-0:entity-0:{id}", names[0]);
        Assert.Equal("service-0:entity-25:{id}", names[1]);
        Assert.True(await page.EvaluateAsync<bool>($"{Names}.every((name, i, all) => i === 0 || all[i - 1].localeCompare(name, 'en', {{ numeric: true }}) <= 0)"));
        await page.ClickAsync("#templates th:first-child button");
        Assert.Equal("service-24:entity-999:{id}", (await page.EvaluateAsync<string[]>(Names))[0]);

        // It takes what is typed while samples come in.
        await page.Page.TypeAsync("#templates-filter", "entity-77");
        await page.UntilTextAsync("#templates-count", "11 of 1,000");
        Assert.Equal(11, await page.EvaluateAsync<int>("document.querySelectorAll('#templates tbody tr').length"));
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('templates-more').hidden"));
        await page.NextSamplesAsync(2);
        await page.Page.TypeAsync("#servers-filter", "failed");
        await page.UntilAsync("document.querySelectorAll('#servers tbody tr').length === 1");
        LivePageTests.AssertQuiet(page, site);
    }

    [Fact]
    public async Task A_sample_has_only_what_has_changed()
    {
        using var pool = MemcachedPool.InMemory(100);
        await using var site = await Site.StartAsync([pool]);
        using var events = await EventReader.OpenAsync(site);
        await events.SampleAsync();
        for (var i = 0; i < 1000; i++)
        {
            await pool.GetAsync($"key:{i}", CacheCodecs.Int32, TestContext.Current.CancellationToken, new KeyTemplate("shop", $"template-{i}:{{id}}"));
        }

        await events.SampleAsync(static sample => sample.GetProperty("templateCount").GetInt32() == 1000);
        await events.SampleAsync();
        await pool.GetAsync("key:1", CacheCodecs.Int32, TestContext.Current.CancellationToken, new KeyTemplate("shop", "template-1:{id}"));
        var sample = await events.SampleAsync(static sample => sample.GetProperty("templates").GetArrayLength() > 0);
        Assert.Equal(1, sample.GetProperty("templates").GetArrayLength());
        Assert.Equal(0, sample.GetProperty("names").GetArrayLength());
        Assert.InRange(sample.GetRawText().Length, 1, 40_000);

        // Whoever comes later gets all of them.
        using var late = await EventReader.OpenAsync(site);
        sample = await late.SampleAsync();
        Assert.Equal(1000, sample.GetProperty("templates").GetArrayLength());
        Assert.Equal(1000, sample.GetProperty("names").GetArrayLength());
        Assert.InRange(sample.GetRawText().Length, 1, 160_000);
    }
}
