using System.Diagnostics.Metrics;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

// The counters are those of the whole process.
[CollectionDefinition(nameof(ListensToTheMeter), DisableParallelization = true)]
public sealed class ListensToTheMeter;

[Collection(nameof(ListensToTheMeter))]
public class CreationMetricsTests
{
    private const string Prefix = "typedcache.get_or_create.";

    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromSeconds(10), Stale = TimeSpan.FromSeconds(100) };

    [Fact]
    public async Task What_happens_is_counted()
    {
        var counts = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "TypedCache")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, _, _) =>
        {
            lock (counts)
            {
                counts[instrument.Name[Prefix.Length..]] = counts.GetValueOrDefault(instrument.Name[Prefix.Length..]) + count;
            }
        });
        listener.Start();
        await using (var fleet = new Fleet())
        {
            await RunAsync(fleet);
        }

        Assert.Equal(
            "create_failures 1, creates 6, hits 1, lease_waits 1, misses 5, refreshes 1, stale_hits 1, superseded 1, undecodable 1",
            string.Join(", ", counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}")));
    }

    private static async Task RunAsync(Fleet fleet)
    {
        var token = TestContext.Current.CancellationToken;
        var (one, two) = (fleet.Join(), fleet.Join());
        await Assert.ThrowsAsync<InvalidDataException>(() => GetAsync(one, _ => throw new InvalidDataException()));

        // Miss, wait of another process, superseded fill.
        var create = new GatedCreate();
        var holder = GetAsync(one, create.CreateAsync);
        await create.Started;
        var waiting = GetAsync(two, _ => ValueTask.FromResult("two"));
        await Fleet.UntilAsync(() => two.WaitingForCreation == 1);
        await one.DeleteAsync("k", token);
        await fleet.PassTimeAsync(waiting);
        create.Return("one");
        await holder;

        // Hit, stale hit, refresh.
        await GetAsync(one, create.CreateAsync);
        fleet.Advance(12);
        await GetAsync(one, _ => ValueTask.FromResult("refreshed"));
        await Fleet.UntilAsync(() => one.WaitingForCreation == 0);

        // A miss which was no number.
        await one.GetOrCreateAsync("k", _ => ValueTask.FromResult(7), CacheCodecs.Int32, Options, cancellationToken: token);
        await fleet.PassTimeAsync(one.GetOrCreateAsync("absent", _ => ValueTask.FromResult(7), CacheCodecs.Int32, Options, cancellationToken: token).AsTask());
    }

    private static async Task<string> GetAsync(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create) =>
        await pool.GetOrCreateAsync("k", create, CacheCodecs.String, Options, cancellationToken: TestContext.Current.CancellationToken);
}
