using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using TypedCache.AspNetCore.Dashboard;
using TypedCache.Values;

namespace TypedCache.Browser.Tests;

/// <summary>What a page is sent, and that nothing is recorded while there is none.</summary>
public sealed class EventStreamTests : IDisposable
{
    private static readonly KeyTemplate Product = new("shop", "product:{id}");
    private static readonly KeyTemplate Price = new("shop", "price:{id}");

    private readonly RunningServers _servers = new(2);
    private readonly MemcachedPool _pool;
    private readonly Heard _heard = new();
    private readonly FakeTimeProvider _time = new();

    public EventStreamTests() => _pool = _servers.Connect();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _heard.Dispose();
        _pool.Dispose();
        _servers.Dispose();
    }

    [Fact]
    public async Task It_begins_with_what_does_not_change_and_goes_on_each_second()
    {
        await using var site = await StartAsync(static options =>
        {
            options.Title = "Shop";
            options.Comparisons.Add(new TypedCacheDashboardComparison("Pages", "Shop", "duration", "cache"));
        });
        using var events = await EventReader.OpenAsync(site);
        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no", Assert.Single(events.Response.Headers.GetValues("X-Accel-Buffering")));
        var (name, hello) = (await events.NextAsync())!.Value;
        Assert.Equal("hello", name);
        Assert.Equal("Shop", hello.GetProperty("title").GetString());
        Assert.Equal("Pages", Assert.Single(hello.GetProperty("comparisons").EnumerateArray()).GetString());
        Assert.False(hello.TryGetProperty("actions", out _));
        var first = await events.SampleAsync();
        Assert.Equal(0, first.GetProperty("seconds").GetDouble());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await events.SampleAsync()).GetProperty("seconds").GetDouble());
    }

    [Fact]
    public async Task Buttons_are_named_where_they_are_allowed()
    {
        await using var site = await StartAsync(static options =>
        {
            options.AllowActions = true;
            options.Actions.Add(new TypedCacheDashboardAction("stop", "Stop", static (_, _) => ValueTask.FromResult("")) { IsPerServer = true, NeedsConfirmation = true, Choices = ["a"] });
        });
        using var events = await EventReader.OpenAsync(site);
        var (_, hello) = (await events.NextAsync())!.Value;
        Assert.Equal(
            """[{"name":"disable","label":"Take out of use","perServer":true,"confirm":false,"choices":[]},{"name":"enable","label":"Use again","perServer":true,"confirm":false,"choices":[]},{"name":"flush","label":"Flush all servers","perServer":false,"confirm":true,"choices":[]},{"name":"stop","label":"Stop","perServer":true,"confirm":true,"choices":["a"]}]""",
            hello.GetProperty("actions").GetRawText());
    }

    [Fact]
    public async Task It_counts_what_calls_come_to()
    {
        await using var site = await StartAsync();
        using var events = await EventReader.OpenAsync(site);
        await events.SampleAsync();
        await _pool.SetAsync("p:1", 1, CacheCodecs.Int32, cancellationToken: Cancellation, template: Product);
        await _pool.GetAsync("p:1", CacheCodecs.Int32, Cancellation, Product);
        await _pool.GetAsync("p:2", CacheCodecs.Int32, Cancellation, Product);
        await _pool.GetManyAsync(["p:1", "p:2", "p:3"], CacheCodecs.Int32, Cancellation, Price);
        await _pool.ExistsAsync("p:1", Cancellation, Product);
        await _pool.GetOrCreateAsync("p:4", static _ => ValueTask.FromResult(4), CacheCodecs.Int32, GetOrCreateOptions.Default, cancellationToken: Cancellation, template: Product);
        var near = new NearOptions { Duration = TimeSpan.FromMinutes(1), SharesValues = true };
        await _pool.GetAsync("p:1", CacheCodecs.Int32, near, Cancellation, Product);
        await _pool.GetAsync("p:1", CacheCodecs.Int32, near, Cancellation, Product);
        _time.Advance(TimeSpan.FromSeconds(1));
        var sample = await events.SampleAsync();

        // Hits, stale, misses, others, errors, creations, near hits.
        Assert.Equal("[4,0,4,2,0,1,1]", sample.GetProperty("totals").GetRawText());
        var names = sample.GetProperty("names").EnumerateArray().ToDictionary(static each => each.GetProperty("key").GetString()!, static each => each.GetProperty("id").GetInt64());
        var rows = sample.GetProperty("templates").EnumerateArray().ToDictionary(static row => row[0].GetInt64(), static row => row.GetRawText());
        Assert.Equal($"[{names["product:{id}"]},3,0,2,2,0,1,1]", rows[names["product:{id}"]]);
        Assert.Equal($"[{names["price:{id}"]},1,0,2,0,0,0,0]", rows[names["price:{id}"]]);
        Assert.Equal("""[{"trigger":"miss","outcome":"stored","count":1}]""", sample.GetProperty("creations").GetRawText());
        Assert.Equal(6, sample.GetProperty("reads").GetProperty("lately").GetProperty("count").GetInt64());
        Assert.Equal(1, sample.GetProperty("creates").GetProperty("all").GetProperty("count").GetInt64());
        Assert.Equal(1, sample.GetProperty("near").GetProperty("hits").GetInt64());

        // Only what has changed is sent again, and names but once.
        await _pool.GetAsync("p:1", CacheCodecs.Int32, Cancellation, Price);
        _time.Advance(TimeSpan.FromSeconds(1));
        sample = await events.SampleAsync();
        Assert.Equal($"[[{names["price:{id}"]},2,0,2,0,0,0,0]]", sample.GetProperty("templates").GetRawText());
        Assert.Equal("[]", sample.GetProperty("names").GetRawText());
        Assert.Equal(2, sample.GetProperty("templateCount").GetInt32());
    }

    [Fact]
    public async Task It_shows_the_servers()
    {
        await using var site = await StartAsync();
        var key = Enumerable.Range(0, 1000).Select(static i => $"key:{i}").First(key => _pool.FindServer(key) == _pool.Servers[0]);
        await _pool.SetAsync(key, 1, CacheCodecs.Int32, cancellationToken: Cancellation);
        _pool.Servers[1].Disable();
        using var events = await EventReader.OpenAsync(site);
        var sample = await events.SampleAsync();
        while (sample.GetProperty("pools")[0].GetProperty("servers").EnumerateArray().All(static server => !server.TryGetProperty("items", out _)))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            sample = await events.SampleAsync();
        }

        var pool = sample.GetProperty("pools")[0];
        Assert.Equal("cache", pool.GetProperty("name").GetString());
        Assert.Equal(1, pool.GetProperty("version").GetInt64());
        Assert.Equal("none", pool.GetProperty("phase").GetString());
        var servers = pool.GetProperty("servers").EnumerateArray().ToList();
        Assert.Equal([_servers.NameOf(0), _servers.NameOf(1)], servers.Select(static server => server.GetProperty("name").GetString()!));
        Assert.Equal(1, servers[0].GetProperty("items").GetInt64());
        Assert.True(servers[0].GetProperty("limit").GetInt64() > 0);
        Assert.True(servers[0].GetProperty("sent").GetInt64() > 0);
        Assert.Equal("failed", servers[1].GetProperty("state").GetString());
        Assert.Equal($"{_servers.NameOf(1)} has been taken out of use.", servers[1].GetProperty("failure").GetString());
        Assert.False(servers[1].TryGetProperty("items", out _));
        Assert.Equal(1, servers.Sum(static server => server.GetProperty("share").GetDouble()), 3);
    }

    [Fact]
    public async Task Servers_that_are_asked_for_metrics_are_not_asked_twice()
    {
        using var pool = _servers.Connect(static options => options.Telemetry.ServerStatistics = TimeSpan.FromMilliseconds(1));
        await using var site = await Site.StartAsync([pool], services: services => services.AddSingleton<TimeProvider>(_time));
        using var events = await EventReader.OpenAsync(site);
        var sample = await events.SampleAsync();
        while (!sample.GetProperty("pools")[0].GetProperty("servers")[0].TryGetProperty("items", out _))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            sample = await events.SampleAsync();
        }
    }

    [Fact]
    public async Task Durations_are_compared_by_a_tag()
    {
        using var meter = new Meter("Shop");
        await using var site = await StartAsync(static options =>
        {
            options.Comparisons.Add(new TypedCacheDashboardComparison("Pages", "Shop", "shop.page.duration", "cache"));
            options.Comparisons.Add(new TypedCacheDashboardComparison("Calls", TypedCacheTelemetry.MeterName, TypedCacheTelemetry.Instruments.OperationDuration, TypedCacheTelemetry.Attributes.Operation));
        });
        using var events = await EventReader.OpenAsync(site);
        await events.SampleAsync();
        var pages = meter.CreateHistogram<int>("shop.page.duration", "ms");
        pages.Record(2, new KeyValuePair<string, object?>("cache", true));
        pages.Record(200, new KeyValuePair<string, object?>("cache", false));
        pages.Record(300);
        await _pool.GetAsync("p:1", CacheCodecs.Int32, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(1));
        var compared = (await events.SampleAsync()).GetProperty("comparisons");
        Assert.Equal(["(none)", "False", "True"], compared[0].EnumerateArray().Select(static each => each.GetProperty("value").GetString()!));
        Assert.InRange(compared[0][2].GetProperty("durations").GetProperty("lately").GetProperty("p99").GetDouble(), 1880, 2120);
        Assert.Equal("get", compared[1][0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Nothing_is_recorded_while_nobody_looks()
    {
        await using var site = await StartAsync();
        Assert.False(_heard.ByAnybody);
        var recordings = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            using (var one = await EventReader.OpenAsync(site))
            using (var other = await EventReader.OpenAsync(site))
            {
                var sample = await one.SampleAsync();
                _time.Advance(TimeSpan.FromSeconds(1));
                Assert.Equal(sample.GetProperty("recording").GetString(), (await other.SampleAsync()).GetProperty("recording").GetString());
                Assert.True(_heard.ByAnybody);
                recordings.Add(sample.GetProperty("recording").GetString()!);
            }

            // Both have vanished without a word.
            await Patiently.UntilAsync(() => !_heard.ByAnybody);
        }

        Assert.Equal(3, recordings.Distinct().Count());
    }

    [Fact]
    public async Task Only_so_many_can_look()
    {
        await using var site = await StartAsync();
        var events = new List<EventReader>();
        for (var i = 0; i < Broadcast.MaxViewers; i++)
        {
            events.Add(await EventReader.OpenAsync(site));
            Assert.Equal(HttpStatusCode.OK, events[i].Response.StatusCode);
        }

        using (var late = await EventReader.OpenAsync(site))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, late.Response.StatusCode);
        }

        events.ForEach(static each => each.Dispose());
        await Patiently.UntilAsync(() => !_heard.ByAnybody);
        using var next = await EventReader.OpenAsync(site);
        Assert.Equal(HttpStatusCode.OK, next.Response.StatusCode);
    }

    // The host would wait for the stream without end.
    [Fact]
    public async Task An_application_that_ends_ends_the_streams()
    {
        await using var site = await Site.StartAsync(
            [_pool], services: static services => services.Configure<HostOptions>(static options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan));
        using var events = await EventReader.OpenAsync(site);
        await events.SampleAsync();
        var stopped = site.StopAsync();
        while (await events.NextAsync() is not null)
        {
        }

        await stopped;
        Assert.False(_heard.ByAnybody);
    }

    [Fact]
    public async Task Without_a_pool_it_still_counts_the_calls_of_the_process()
    {
        await using var site = await Site.StartAsync();
        using var events = await EventReader.OpenAsync(site);
        await events.SampleAsync();
        await _pool.GetAsync("p:1", CacheCodecs.Int32, Cancellation);
        var sample = await events.SampleAsync(static sample => sample.GetProperty("totals")[(int)Column.Misses].GetInt64() == 1);
        Assert.Equal(0, sample.GetProperty("pools").GetArrayLength());
    }

    [Fact]
    public async Task Pools_with_and_without_a_key_are_found_and_created_when_somebody_looks()
    {
        var created = 0;
        await using var site = await Site.StartAsync(services: services =>
        {
            services.AddTypedCache().UseInMemory().ConfigurePool((_, _) => created++);
            services.AddKeyedTypedCache("sessions").UseInMemory(2);
        });
        Assert.Equal(0, created);
        using var events = await EventReader.OpenAsync(site);
        var pools = (await events.SampleAsync()).GetProperty("pools");
        Assert.Equal(1, created);
        Assert.Equal(["cache", "sessions"], pools.EnumerateArray().Select(static pool => pool.GetProperty("name").GetString()!));
        Assert.Equal([1, 2], pools.EnumerateArray().Select(static pool => pool.GetProperty("servers").GetArrayLength()));
    }

    [Fact]
    public async Task No_key_no_value_and_no_password_is_sent()
    {
        using var pool = _servers.Connect(static options => options.Credentials = null);
        await using var site = await Site.StartAsync([pool], static options => options.AllowActions = true, services => services.AddSingleton<TimeProvider>(_time));
        using var events = await EventReader.OpenAsync(site);
        var sent = new List<string> { (await events.NextAsync())!.Value.Data.GetRawText(), (await events.SampleAsync()).GetRawText() };
        await pool.SetAsync("secret-key", "secret-value", CacheCodecs.String, cancellationToken: Cancellation);
        await pool.GetAsync("secret-key", CacheCodecs.String, Cancellation, Product);
        _time.Advance(TimeSpan.FromSeconds(1));
        sent.Add((await events.SampleAsync()).GetRawText());
        Assert.DoesNotContain(sent, static text => text.Contains("secret", StringComparison.Ordinal));
    }

    private Task<Site> StartAsync(Action<TypedCacheDashboardOptions>? configure = null) =>
        Site.StartAsync([_pool], configure, services => services.AddSingleton<TimeProvider>(_time));
}
