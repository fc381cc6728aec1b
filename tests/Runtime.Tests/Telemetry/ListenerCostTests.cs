using System.Diagnostics;
using System.Diagnostics.Metrics;
using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Telemetry;

/// <summary>Telemetry takes no memory: none where nobody listens, and none of its own where somebody does.</summary>
[Collection(nameof(CountsAllocations))]
public class ListenerCostTests
{
    private const int Calls = 1000;

    private static readonly KeyTemplate Template = new("shop", "product:{id}");
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(10) };

    [Fact]
    public async Task Without_a_listener_calls_allocate_nothing()
    {
        await using var pool = MemcachedPool.InMemory();
        await AssertFreeAsync(pool);
    }

    [Fact]
    public async Task With_a_listener_to_metrics_calls_allocate_nothing_either()
    {
        await using var pool = MemcachedPool.InMemory(configure: options => options.Telemetry.PoolName = "cache");
        var heard = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TypedCacheTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => heard++);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => heard++);
        listener.Start();
        await AssertFreeAsync(pool);
        Assert.InRange(heard, 2 * Calls, int.MaxValue);
    }

    // The framework allocates for each question to a sampler.
    [Fact]
    public async Task Where_a_sampler_wants_no_span_calls_allocate_what_asking_it_does()
    {
        await using var pool = MemcachedPool.InMemory();
        using var other = new ActivitySource("TypedCache.Tests.Cost");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TypedCacheTelemetry.ActivitySourceName || source == other,
            Sample = (ref _) => ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(listener);
        KeyValuePair<string, object?>[] tags = [new("one", "1")];
        var asking = await CostAsync(() =>
        {
            Assert.Null(other.StartActivity("call", ActivityKind.Client, default(ActivityContext), tags));
            return ValueTask.FromResult(0);
        });
        await AssertFreeAsync(pool, asking);
    }

    private static async Task AssertFreeAsync(MemcachedPool pool, double allowed = 0)
    {
        await pool.SetAsync("n", 7, CacheCodecs.Int32, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(await CostAsync(() => pool.GetAsync("n"u8, CacheCodecs.Int32, CancellationToken.None, Template)), 0, allowed + 2);
        Assert.InRange(await CostAsync(() => pool.TouchAsync("n"u8, TimeSpan.FromMinutes(10), template: Template)), 0, allowed + 2);
        Assert.InRange(
            await CostAsync(() => pool.GetOrCreateAsync("n"u8, 0, static (_, _) => throw new InvalidOperationException("it is there"), CacheCodecs.Int32, Options, template: Template)), 0, allowed + 2);
    }

    // The least of several rounds: the runtime allocates now and then, too.
    private static async Task<double> CostAsync<T>(Func<ValueTask<T>> call)
    {
        var least = double.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Calls; i++)
            {
                await call();
            }

            least = Math.Min(least, (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Calls);
        }

        return least;
    }
}
