using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TypedCache.Hosting.Tests.Testing;
using TypedCache.Values;

namespace TypedCache.Hosting.Tests.Telemetry;

/// <summary>Instruments and activity sources are those of the whole process: these tests run alone.</summary>
[CollectionDefinition(nameof(ListensToAll), DisableParallelization = true)]
public sealed class ListensToAll;

/// <summary>What a real OpenTelemetry SDK collects when it is asked to.</summary>
[Collection(nameof(ListensToAll))]
public sealed class InstrumentationTests
{
    [Fact]
    public void Metrics_of_the_meter_are_collected()
    {
        var exported = new List<Metric>();
        using var meter = new Meter("TypedCache");
        var counter = meter.CreateCounter<long>("typedcache.tests");
        var builder = Apps.Create();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddTypedCacheInstrumentation().AddInMemoryExporter(exported));
        using var host = builder.Build();
        var provider = host.Services.GetRequiredService<MeterProvider>();
        counter.Add(1);

        provider.ForceFlush();

        Assert.Contains(exported, static metric => metric.Name == "typedcache.tests" && metric.MeterName == "TypedCache");
    }

    [Fact]
    public async Task Connections_have_the_name_of_their_pool()
    {
        var exported = new List<Metric>();
        var builder = Apps.Create();
        builder.AddTypedCache("named-cache").UseInMemory();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddTypedCacheInstrumentation().AddInMemoryExporter(exported));
        using var host = builder.Build();
        await host.Services.GetRequiredService<MemcachedPool>().SetAsync("k", "v", CacheCodecs.String, cancellationToken: TestContext.Current.CancellationToken);

        host.Services.GetRequiredService<MeterProvider>().ForceFlush();

        var names = new List<object?>();
        foreach (ref readonly var point in exported.Single(static metric => metric.Name == TypedCacheTelemetry.Instruments.ConnectionCount).GetMetricPoints())
        {
            names.AddRange(Values(point.Tags, TypedCacheTelemetry.Attributes.ConnectionPoolName));
        }

        Assert.Contains("named-cache", names);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Activities_of_operations_are_collected_only_if_asked_for(bool operations)
    {
        var exported = new List<Activity>();
        using var creation = new ActivitySource("TypedCache.Creation");
        using var operation = new ActivitySource("TypedCache");
        var builder = Apps.Create();
        builder.Services.AddOpenTelemetry().WithTracing(traces => traces.AddTypedCacheInstrumentation(operations).AddInMemoryExporter(exported));
        using var host = builder.Build();
        var provider = host.Services.GetRequiredService<TracerProvider>();

        creation.StartActivity("create")?.Dispose();
        operation.StartActivity("get")?.Dispose();
        provider.ForceFlush();

        Assert.Equal(operations ? ["create", "get"] : ["create"], exported.Select(static activity => activity.OperationName));
    }

    private static List<object?> Values(ReadOnlyTagCollection tags, string name)
    {
        var values = new List<object?>();
        foreach (var tag in tags)
        {
            if (tag.Key == name)
            {
                values.Add(tag.Value);
            }
        }

        return values;
    }
}
