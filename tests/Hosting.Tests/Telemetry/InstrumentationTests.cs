using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TypedCache.Hosting.Tests.Testing;

namespace TypedCache.Hosting.Tests.Telemetry;

/// <summary>What a real OpenTelemetry SDK collects when it is asked to.</summary>
[Collection(nameof(InstrumentationTests))]
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
}
