using TypedCache.Tests.Creation;
using TypedCache.Values;
using static TypedCache.TypedCacheTelemetry;

namespace TypedCache.Tests.Telemetry;

[Collection(nameof(ListensToTheMeter))]
public class CreationMetricsTests
{
    private static readonly KeyTemplate Template = new("shop", "made:{id}");

    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromSeconds(10), Stale = TimeSpan.FromSeconds(100) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_is_counted()
    {
        using var probe = new MeterProbe(
            Instruments.Requests, Instruments.Creations, Instruments.CreateDuration, Instruments.LeaseWaits, Instruments.LeaseWaitDuration, Instruments.Undecodable);
        await using (var fleet = new Fleet())
        {
            await RunAsync(fleet);
        }

        Assert.Equal("delete deleted 1, get_or_create error 1, get_or_create hit 1, get_or_create miss 4, get_or_create stale 1", probe.Sums(Instruments.Requests, Attributes.Operation, Attributes.Result));
        Assert.Equal(
            "miss failed 1, miss stored 3, miss superseded 1, refresh stored 1",
            probe.Sums(Instruments.Creations, Attributes.Trigger, Attributes.Outcome));
        Assert.Equal(6, probe.Of(Instruments.CreateDuration).Count());
        Assert.Equal(typeof(InvalidDataException).FullName, Assert.Single(probe.Of(Instruments.CreateDuration), measured => measured.Tags.ContainsKey(Attributes.ErrorType)).Tags[Attributes.ErrorType]);
        Assert.Equal("shop made:{id} 1", probe.Sums(Instruments.LeaseWaits, Attributes.Client, Attributes.Key));
        Assert.InRange(Assert.Single(probe.Of(Instruments.LeaseWaitDuration)).Value, 0.001, 100);
        Assert.Equal("shop made:{id} 1", probe.Sums(Instruments.Undecodable, Attributes.Client, Attributes.Key));
    }

    [Fact]
    public async Task What_no_server_can_hold_is_created_and_not_cached()
    {
        using var probe = new MeterProbe(Instruments.Creations);
        await using var pool = MemcachedPool.Connect("127.0.0.1:1");
        await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult("made"), CacheCodecs.String, Options, cancellationToken: Token, template: Template);
        Assert.Equal("unreachable not_cached 1", probe.Sums(Instruments.Creations, Attributes.Trigger, Attributes.Outcome));
    }

    [Fact]
    public async Task Each_key_of_a_batch_is_counted()
    {
        await using var pool = MemcachedPool.InMemory();
        await pool.SetAsync("1", "found", CacheCodecs.String, TimeSpan.FromMinutes(10), Token);
        using var probe = new MeterProbe(Instruments.Keys, Instruments.Creations, Instruments.OperationDuration);
        await pool.GetOrCreateManyAsync(
            [1, 2, 3],
            0,
            static (ref writer, _, key) => writer.Append(key),
            TypedCache.Keys.KeyPolicy.Escape,
            (keys, _) => ValueTask.FromResult<IReadOnlyDictionary<int, string>>(keys.Where(key => key != 3).ToDictionary(key => key, key => $"made {key}")),
            CacheCodecs.String,
            Options,
            cancellationToken: Token,
            template: Template);

        Assert.Equal("get_or_create_many hit 1, get_or_create_many miss 2", probe.Sums(Instruments.Keys, Attributes.Operation, Attributes.Result));
        Assert.Equal("miss not_cached 1, miss stored 1", probe.Sums(Instruments.Creations, Attributes.Trigger, Attributes.Outcome));
        Assert.Equal("get_or_create_many shop:made:{id}", Assert.Single(probe.Of(Instruments.OperationDuration)).Tags[Attributes.QuerySummary]);
    }

    private static async Task RunAsync(Fleet fleet)
    {
        var (one, two) = (fleet.Join(), fleet.Join());
        await Assert.ThrowsAsync<InvalidDataException>(() => GetAsync(one, _ => throw new InvalidDataException()));

        // Miss, wait of another process, superseded fill.
        var create = new GatedCreate();
        var holder = GetAsync(one, create.CreateAsync);
        await create.Started;
        var waiting = GetAsync(two, _ => ValueTask.FromResult("two"));
        await Fleet.UntilAsync(() => two.WaitingForCreation == 1);
        await one.DeleteAsync("k", Token, Template);
        await fleet.PassTimeAsync(waiting);
        create.Return("one");
        await holder;

        // Hit, stale hit, refresh.
        await GetAsync(one, create.CreateAsync);
        fleet.Advance(12);
        await GetAsync(one, _ => ValueTask.FromResult("refreshed"));
        await Fleet.UntilAsync(() => one.WaitingForCreation == 0);

        // A miss that was no number.
        await one.GetOrCreateAsync("k", _ => ValueTask.FromResult(7), CacheCodecs.Int32, Options, cancellationToken: Token, template: Template);
        await fleet.PassTimeAsync(one.GetOrCreateAsync("absent", _ => ValueTask.FromResult(7), CacheCodecs.Int32, Options, cancellationToken: Token, template: Template).AsTask());
    }

    private static async Task<string> GetAsync(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create) =>
        await pool.GetOrCreateAsync("k", create, CacheCodecs.String, Options, cancellationToken: Token, template: Template);
}
