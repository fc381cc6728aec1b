using System.Diagnostics.Metrics;
using TypedCache.AspNetCore.Dashboard;
using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.Browser.Tests;

/// <summary>What is counted, and what that costs.</summary>
public sealed class RecorderTests
{
    [Fact]
    public void A_duration_is_found_again_to_6_percent()
    {
        for (var seconds = 64e-9; seconds < 250; seconds *= 1.013)
        {
            var found = DurationHistogram.MiddleOf(DurationHistogram.IndexOf(seconds));
            Assert.InRange(found / seconds, 1 / 1.0626, 1.0626);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(1e-9, 0)]
    [InlineData(1e9, DurationHistogram.Length - 1)]
    [InlineData(double.PositiveInfinity, DurationHistogram.Length - 1)]
    public void What_cannot_be_is_counted_with_the_first_or_the_last(double seconds, int index) => Assert.Equal(index, DurationHistogram.IndexOf(seconds));

    [Fact]
    public void Quantiles_are_those_of_the_last_ten_seconds()
    {
        var histogram = new DurationHistogram();
        var window = new DurationWindow(histogram);
        for (var i = 0; i < 98; i++)
        {
            histogram.Add(1e-3);
        }

        histogram.Add(0.1);
        histogram.Add(0.1);
        var view = window.Advance();
        Assert.Equal(100, view.Lately.Count);
        Assert.InRange(view.Lately.P50!.Value, 940, 1060);
        Assert.InRange(view.Lately.P99!.Value, 94_000, 106_000);
        for (var i = 1; i < DurationWindow.Seconds; i++)
        {
            Assert.Equal(100, window.Advance().Lately.Count);
        }

        view = window.Advance();
        Assert.Equal(new Quantiles(0, null, null), view.Lately);
        Assert.Equal(100, view.All.Count);
    }

    [Fact]
    public void A_measurement_takes_no_memory()
    {
        using var meter = new Meter("Allocations");
        var histogram = meter.CreateHistogram<double>("duration", "s");
        using var recorder = new Recorder([new TypedCacheDashboardComparison("All", "Allocations", "duration", "kind")]);
        recorder.Start();
        var counts = new RequestCounts(recorder.Templates);
        KeyValuePair<string, object?>[] tags = [new(Attributes.Client, "shop"), new(Attributes.Key, "product:{id}"), new(Attributes.Operation, "get"), new(Attributes.Result, "hit")];
        object kind = true;
        Measure(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure(10_000);

        // The runtime may take some for itself, once.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);

        void Measure(int times)
        {
            for (var i = 0; i < times; i++)
            {
                histogram.Record(0.001, new KeyValuePair<string, object?>("kind", kind));
                counts.Add(1, tags);
                recorder.Creations.Add(1, tags);
                recorder.Near.Add(1, tags);
                recorder.Failovers.Add(1, tags);
                recorder.ReadDurations.Add(1e-5, tags);
            }
        }
    }

    [Fact]
    public void An_application_that_makes_templates_of_its_keys_does_no_harm()
    {
        var templates = new Templates();
        for (var i = 0; i < 6000; i++)
        {
            templates.Of([new(Attributes.Key, $"product:{i}")]).Add(Column.Hits, 1);
        }

        Assert.Equal(5001, templates.All.Count());
        Assert.Equal(6000, templates.All.Sum(static each => each.Value[(int)Column.Hits]));
        Assert.Equal(1000, templates.All.Single(static each => each.Key.Key == "(all further templates)").Value[(int)Column.Hits]);
    }

    [Fact]
    public void Values_of_a_tag_beyond_50_are_one()
    {
        var compared = new ComparedDurations(new TypedCacheDashboardComparison("All", "meter", "duration", "user"));
        var measurements = compared.In("us");
        for (var i = 0; i < 80; i++)
        {
            measurements.Add(1000, [new("user", i)]);
        }

        var views = compared.Advance();
        Assert.Equal(51, views.Length);
        Assert.Equal(30, views.Single(static view => view.Value == "(all others)").Durations.All.Count);
        Assert.InRange(views[^1].Durations.All.P50!.Value, 940, 1060);
    }

    [Theory]
    [InlineData("cache-1", null, "cache-1", 11211)]
    [InlineData("cache-1", 11222, "cache-1", 11222)]
    [InlineData("[::1]", 11222, "::1", 11222)]
    [InlineData("unix:///run/memcached.sock", null, "/run/memcached.sock", 0)]
    public void A_server_is_known_by_what_telemetry_calls_it(string host, int? port, string address, int number)
    {
        var options = new MemcachedPoolOptions();
        options.Servers.Add(new MemcachedServerOptions(host, port ?? (host.StartsWith("unix", StringComparison.Ordinal) ? 0 : 11211)));
        using var pool = MemcachedPool.Connect(options);
        var key = ServerKey.Of(pool.Servers[0]);
        Assert.Equal(new ServerKey(address, number), key);
        Assert.Equal(key, ServerKey.Of(port is null ? [new(Attributes.ServerAddress, address)] : [new(Attributes.ServerAddress, address), new(Attributes.ServerPort, port)]));
        using var recorder = new Recorder([]);
        recorder.Start();
        recorder.Observe();
        Assert.Equal(0, recorder.InFlight[key]);
    }
}
