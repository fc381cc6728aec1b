namespace TypedCache.Browser.Tests;

/// <summary>The page for those who have no mouse, a small screen, the dark, or no colours.</summary>
public sealed class AccessibilityTests(Chromium chromium) : IDisposable
{
    // The texts that do not stand out from what is behind them.
    private const string Faint = """
        (() => {
          const channel = value => { value /= 255; return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
          const numbers = text => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
          const over = (top, below) => ({ r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1 });
          const behind = e => { const own = numbers(getComputedStyle(e).backgroundColor); return own.a === 1 ? own : over(own, e.parentElement ? behind(e.parentElement) : { r: 255, g: 255, b: 255, a: 1 }); };
          const light = ({ r, g, b }) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
          const hasText = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.getClientRects().length > 0 && !e.closest('.hidden, .skip, dialog');
          return [...document.querySelectorAll('body *')].filter(hasText).map(e => {
            const style = getComputedStyle(e), back = behind(e), front = e instanceof SVGElement ? numbers(style.fill) : numbers(style.color);
            const [one, other] = [light(front), light(back)];
            return [(Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05), e];
          }).filter(([contrast]) => contrast < 4.5).map(([contrast, e]) => contrast.toFixed(2) + ' ' + e.outerHTML.slice(0, 120)).join('\n');
        })()
        """;

    private readonly RunningServers _servers = new(3);

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task The_keyboard_reaches_each_control_and_shows_where_it_is()
    {
        using var pool = _servers.Connect();
        await using var site = await Site.StartAsync([pool], Configure);
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await page.UntilAsync("document.querySelectorAll('#servers [data-action=stop]').length === 3");
        await page.EvaluateAsync<bool>("""
            (() => {
              window.controls = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter(e => e.getClientRects().length > 0);
              window.reached = new Set();
              window.unseen = [];
              document.addEventListener('focusin', e => {
                reached.add(e.target);
                if (getComputedStyle(e.target).outlineStyle === 'none' || parseFloat(getComputedStyle(e.target).outlineWidth) < 2) unseen.push(e.target.outerHTML);
              });
              return true;
            })()
            """);
        var count = await page.EvaluateAsync<int>("controls.length");
        Assert.InRange(count, 25, 60);
        for (var i = 0; i < count + 5; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Equal("", await page.EvaluateAsync<string>("controls.filter(e => !reached.has(e)).map(e => e.outerHTML).join()"));
        Assert.Equal("", await page.EvaluateAsync<string>("unseen.join()"));

        // Each has a name, and the charts tell their numbers.
        Assert.Equal("", await page.EvaluateAsync<string>("""
            controls.filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.closest('label')?.textContent.trim())).map(e => e.outerHTML).join()
            """));
        await page.NextSamplesAsync(2);
        await page.RunAsync("document.querySelector('#chart-requests svg.plot').focus()");
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await page.UntilAsync("document.querySelector('#chart-requests .cross') !== null");
        Assert.Matches(@"Reads and writes, per second at \d\d:\d\d:\d\d: hits ", await page.EvaluateAsync<string>("document.querySelector('#chart-requests svg.plot').getAttribute('aria-label')"));
        LivePageTests.AssertQuiet(page, site);
    }

    [Fact]
    public async Task A_phone_shows_it_without_scrolling_sideways()
    {
        using var pool = _servers.Connect();
        await using var site = await Site.StartAsync([pool], Configure);
        await using var shopping = new Shopping(pool);
        await using var page = await chromium.OpenAsync(site.Dashboard, 360, 780);
        await page.UntilTextAsync("#templates code", "shop:product:{id}");
        _servers.Stop(0);
        await page.UntilAsync("document.querySelectorAll('#servers tr.failed').length === 1");
        await page.NextSamplesAsync();
        Assert.Equal("", await page.EvaluateAsync<string>("""
            [...document.querySelectorAll('body *')].filter(e => !e.closest('.hidden, .skip, svg, dialog') && (e.getBoundingClientRect().right > 360.5 || e.getBoundingClientRect().left < -0.5)).map(e => e.tagName + '.' + e.className).join()
            """));
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.querySelectorAll('.scroll, .card, td')].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 80)).join()"));
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        // A finger needs some room.
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.querySelectorAll('#actions button, .row-actions button')].filter(e => e.getBoundingClientRect().height < 40).map(e => e.textContent).join()"));
        LivePageTests.AssertQuiet(page, site);
    }

    // 4.5 : 1 is what WCAG asks of text.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_text_can_be_read_in_the_light_and_in_the_dark(bool dark)
    {
        using var pool = _servers.Connect();
        await using var site = await Site.StartAsync([pool], Configure);
        await using var shopping = new Shopping(pool);
        await using var page = await chromium.OpenAsync(site.Dashboard, dark: dark);
        await page.UntilTextAsync("#compare-lead", "times");
        pool.Servers[2].Disable();
        await page.UntilAsync("document.querySelectorAll('#servers tr.failed').length === 1");
        var brightness = await page.EvaluateAsync<double>("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/g)[1])");
        Assert.True(dark ? brightness < 60 : brightness > 200, $"The page has the brightness {brightness}.");
        Assert.Equal("", await page.EvaluateAsync<string>(Faint));

        // What is looked for would be found.
        await page.RunAsync("Object.assign(document.getElementById('title').style, { color: '#7a7a7a' })");
        Assert.Contains("id=\"title\"", await page.EvaluateAsync<string>(Faint), StringComparison.Ordinal);
        LivePageTests.AssertQuiet(page, site);
    }

    [Fact]
    public async Task No_state_is_told_by_colour_alone()
    {
        using var pool = _servers.Connect();
        await using var site = await Site.StartAsync([pool], Configure);
        pool.Servers[2].Disable();
        await using var shopping = new Shopping(pool);
        await using var page = await chromium.OpenAsync(site.Dashboard);
        await page.UntilAsync("document.querySelectorAll('#servers .state.connected').length === 2 && document.querySelectorAll('#servers .state.failed').length === 1");
        Assert.Equal(2, await page.EvaluateAsync<int>("new Set([...document.querySelectorAll('#servers .state')].map(e => e.textContent + e.querySelector('path').getAttribute('d'))).size"));

        // No two lines of a chart have the same mark and the same dashes.
        Assert.Equal("", await page.EvaluateAsync<string>("""
            [...document.querySelectorAll('.chart')].filter(chart => {
              const looks = [...chart.querySelectorAll('.legend svg')].map(mark => mark.children[1].getAttribute('d') + getComputedStyle(mark.children[0]).strokeDasharray);
              return new Set(looks).size !== looks.length;
            }).map(chart => chart.id).join()
            """));
    }

    [Fact]
    public async Task Nothing_moves_for_those_who_want_that()
    {
        using var pool = _servers.Connect();
        await using var site = await Site.StartAsync([pool]);
        await using var still = await chromium.OpenAsync(site.Dashboard, reducedMotion: true);
        await still.UntilTextAsync("#connection", "Live");
        Assert.Equal("none", await still.EvaluateAsync<string>("getComputedStyle(document.querySelector('.dot')).animationName"));
        await using var moving = await chromium.OpenAsync(site.Dashboard);
        await moving.UntilTextAsync("#connection", "Live");
        Assert.Equal("pulse", await moving.EvaluateAsync<string>("getComputedStyle(document.querySelector('.dot')).animationName"));
    }

    private static void Configure(TypedCacheDashboardOptions options)
    {
        options.AllowActions = true;
        options.Actions.Add(new TypedCacheDashboardAction("stop", "Stop", static (_, _) => ValueTask.FromResult("stopped")) { IsPerServer = true });
        options.Actions.Add(new TypedCacheDashboardAction("invalidate", "Invalidate a category", static (_, _) => ValueTask.FromResult("done")) { Choices = ["tea"] });
    }
}
