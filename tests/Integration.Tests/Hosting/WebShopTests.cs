using System.Globalization;
using TypedCache.Integration.Tests.Connecting;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Publishing;

namespace TypedCache.Integration.Tests.Hosting;

/// <summary>A web application as native code, in two processes over two real servers: what a team has on its first day.</summary>
[Collection(SdkBuilds.Name)]
public sealed class WebShopTests(PublishedWebShop shop) : IClassFixture<PublishedWebShop>
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public void It_is_published_without_a_warning() => shop.Program.AssertNoWarnings();

    [Fact]
    public async Task One_process_creates_a_value_for_both()
    {
        using var servers = new TwoServers();
        using var shops = await StartAsync(servers.Settings());

        var products = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => shops[i % 2].GetAsync("/product/7")));

        Assert.Single(products.Distinct());
        Assert.Equal(1, await SumAsync(shops, "typedcache.creations", "typedcache.key=product:{id}"));
    }

    [Fact]
    public async Task Sessions_and_cached_pages_are_shared_by_both_processes()
    {
        using var servers = new TwoServers();
        using var shops = await StartAsync(servers.Settings());

        var cookie = await shops[0].GetCookieAsync("/visits");
        for (var visit = 2; visit <= 5; visit++)
        {
            Assert.Equal(visit.ToString(CultureInfo.InvariantCulture), await shops[visit % 2].GetAsync("/visits", ("Cookie", cookie)));
        }

        var page = await shops[0].GetAsync("/page");
        Assert.Equal(page, await shops[1].GetAsync("/page"));
    }

    [Fact]
    public async Task The_live_page_shows_it_at_work()
    {
        using var servers = new TwoServers();
        using var shops = await StartAsync(servers.Settings());

        Assert.Contains("<title>", await shops[0].GetAsync("/cache", ("Host", "localhost")), StringComparison.Ordinal);
        Assert.Contains("--cache", await shops[0].GetAsync("/cache/dashboard.css", ("Host", "localhost")), StringComparison.Ordinal);
        var events = shops[0].ReadUntilAsync("/cache/events", "\"key\":\"product:{id}\"");
        while (!events.IsCompleted)
        {
            await shops[0].GetAsync("/product/7");
        }

        var text = await events;
        Assert.StartsWith("event: hello", text, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"connected\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readiness_follows_the_servers()
    {
        using var servers = new TwoServers();
        using var shops = await StartAsync(servers.Settings());
        Assert.Equal("Healthy", await shops[0].ReadyAsync());

        servers.Second.Kill();
        await Patiently.UntilAsync(async () =>
        {
            await shops[0].TryAsync("/views/1");
            return await shops[0].ReadyAsync() == "Degraded";
        });

        servers.Second.Restart();
        await Patiently.UntilAsync(async () => await shops[0].ReadyAsync() == "Healthy");
    }

    [Fact]
    public async Task A_password_is_rotated_and_a_server_added_while_it_runs()
    {
        using var folder = new PublicFolder();
        var passwords = folder.Write("passwords", "shop:before\n");
        using var servers = new TwoServers("-Y", passwords);
        using var third = MemcachedProcess.Start("-Y", passwords);
        using var shops = await StartAsync(servers.Settings("before"));
        var product = await shops[0].GetAsync("/product/1");

        folder.Write("passwords", "shop:after\n");
        third.Restart();
        foreach (var shop in shops.All)
        {
            shop.Configure(servers.Settings("after", third));
        }

        foreach (var running in shops.All)
        {
            await Patiently.UntilAsync(async () => (await running.GetAsync("/servers")).Contains(third.Address, StringComparison.Ordinal));
        }

        // What ran on has kept its connections and values, and the servers that ask anew take the new password.
        servers.First.Restart();
        servers.Second.Restart();
        await Patiently.UntilAsync(async () => await shops[0].ReadyAsync() == "Healthy" && await shops[1].ReadyAsync() == "Healthy");
        for (var id = 0; id < 30; id++)
        {
            Assert.Equal(await shops[0].GetAsync($"/product/{id}"), await shops[1].GetAsync($"/product/{id}"));
        }

        Assert.Contains("Product 1", product, StringComparison.Ordinal);
        Assert.All(shops.All, static running => Assert.DoesNotMatch("before|after", running.Output));
    }

    [Fact]
    public async Task The_SDK_of_OpenTelemetry_reads_what_was_asked()
    {
        using var servers = new TwoServers();
        using var shops = await StartAsync(servers.Settings());

        for (var i = 0; i < 12; i++)
        {
            await shops[0].GetAsync("/product/3");
            await shops[0].GetAsync("/views/3");
        }

        const string Product = "typedcache.key=product:{id}";
        const string Views = "typedcache.key=views:{id}";
        Assert.Equal(11, await SumAsync(shops, "typedcache.client.requests", Product, "typedcache.result=hit"));
        Assert.Equal(1, await SumAsync(shops, "typedcache.client.requests", Product, "typedcache.result=miss"));
        Assert.Equal(12, await SumAsync(shops, "typedcache.client.requests", Views));
        Assert.Equal(12, await SumAsync(shops, "db.client.operation.duration", "db.query.summary=get_or_create shop:product:{id}"));
        Assert.Equal(1, await SumAsync(shops, "typedcache.create.duration", Product));
        Assert.Equal(4, await SumAsync(shops, "typedcache.server.up"));
    }

    [Fact]
    public async Task Spans_have_the_request_as_their_parent()
    {
        using var servers = new TwoServers();
        using var shops = await StartAsync(servers.Settings());

        await shops[0].GetAsync("/product/9", ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));

        var spans = (await shops[0].GetAsync("/spans")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split('|'))
            .Where(static span => span[2] == Trace)
            .ToList();
        var request = Assert.Single(spans, static span => span[0] == "Microsoft.AspNetCore");
        var call = Assert.Single(spans, static span => span is ["TypedCache", "get_or_create shop:product:{id}", ..]);
        Assert.Equal("00f067aa0ba902b7", request[4]);
        Assert.Equal((request[3], "Client"), (call[4], call[5]));
        Assert.Contains(spans, span => span[0] == "TypedCache.Creation" && span[4] == call[3]);
    }

    private Task<TwoShops> StartAsync(string settings) => TwoShops.StartAsync(shop.Program.File, settings);

    // The sum of a series over both processes.
    private static async Task<double> SumAsync(TwoShops shops, string instrument, params string[] attributes)
    {
        var sum = 0.0;
        foreach (var running in shops.All)
        {
            foreach (var line in (await running.GetAsync("/metrics")).Split('\n'))
            {
                if (line.StartsWith(instrument + "{", StringComparison.Ordinal) && attributes.All(attribute => line.Contains(attribute, StringComparison.Ordinal)))
                {
                    sum += double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
                }
            }
        }

        return sum;
    }
}
