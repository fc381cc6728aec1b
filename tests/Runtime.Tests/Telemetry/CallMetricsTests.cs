using TypedCache.Values;
using static TypedCache.TypedCacheTelemetry;

namespace TypedCache.Tests.Telemetry;

[Collection(nameof(ListensToTheMeter))]
public class CallMetricsTests
{
    private static readonly KeyTemplate Product = new("shop", "product:{id}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_call_for_one_key_is_counted_with_its_template_operation_and_result()
    {
        await using var pool = MemcachedPool.InMemory();
        using var probe = new MeterProbe(Instruments.Requests);
        await CallEverythingAsync(pool, Product);

        Assert.Equal(
            "add not_stored 1, add stored 1, append stored 1, compare_and_set changed 1, compare_and_set not_found 1, compare_and_set stored 1, "
            + "decrement stored 1, delete deleted 1, delete not_found 1, exists hit 1, exists miss 1, get error 1, get hit 2, get miss 1, get_and_touch hit 1, "
            + "increment not_found 1, increment stored 1, invalidate invalidated 1, prepend stored 1, replace not_stored 1, set stored 3, touch not_found 1, touch touched 1",
            probe.Sums(Instruments.Requests, Attributes.Operation, Attributes.Result));
        Assert.All(probe.All, measured =>
        {
            Assert.Equal("memcached", measured.Tags[Attributes.System]);
            Assert.Equal("shop", measured.Tags[Attributes.Client]);
            Assert.Equal("product:{id}", measured.Tags[Attributes.Key]);
            Assert.Equal(1, measured.Value);
            Assert.Equal("{request}", measured.Instrument.Unit);
        });
    }

    [Fact]
    public async Task The_duration_has_the_summary_the_server_and_what_went_wrong()
    {
        await using var pool = MemcachedPool.InMemory();
        using var probe = new MeterProbe(Instruments.OperationDuration);
        await pool.SetAsync("k", "text", CacheCodecs.String, cancellationToken: Token, template: Product);
        await pool.GetAsync("k", CacheCodecs.String, Token, Product);
        await pool.GetAsync("k", CacheCodecs.String, Token);
        await Assert.ThrowsAsync<CacheValueException>(() => pool.GetAsync("k", CacheCodecs.Int32, Token, Product).AsTask());

        Assert.Equal(
            ["set shop:product:{id}", "get shop:product:{id}", null, "get shop:product:{id}"],
            probe.All.Select(measured => measured.Tags.GetValueOrDefault(Attributes.QuerySummary)));
        Assert.All(probe.All, measured =>
        {
            Assert.Equal("s", measured.Instrument.Unit);
            Assert.InRange(measured.Value, double.Epsilon, 60);
            Assert.Equal("embedded-1", measured.Tags[Attributes.ServerAddress]);
            Assert.False(measured.Tags.ContainsKey(Attributes.ServerPort), "11211 is not shown");
            Assert.False(measured.Tags.ContainsKey(Attributes.QueryText));
        });
        Assert.Equal(typeof(CacheValueException).FullName, probe.All[3].Tags[Attributes.ErrorType]);
        Assert.All(probe.All.Take(3), measured => Assert.False(measured.Tags.ContainsKey(Attributes.ErrorType)));
    }

    [Fact]
    public async Task Keys_of_batches_are_counted_by_result_and_the_batch_once()
    {
        await using var pool = MemcachedPool.InMemory(servers: 3);
        using var probe = new MeterProbe(Instruments.Keys, Instruments.OperationDuration, Instruments.Requests);
        await pool.SetManyAsync(Values("a", "b", "c"), CacheCodecs.String, cancellationToken: Token, template: Product);
        await pool.AddManyAsync(Values("c", "d"), CacheCodecs.String, cancellationToken: Token, template: Product);
        await pool.SetAsync("number", 7, CacheCodecs.Int32, cancellationToken: Token);
        var read = await pool.GetManyValuesAsync(["a", "b", "x"], CacheCodecs.String, Token, Product);
        await pool.CompareAndSetManyAsync([new("a", read["a"]), new("b", new CacheValue<string>("new", new CasToken(1_000_000)))], CacheCodecs.String, cancellationToken: Token, template: Product);
        await pool.ExistsManyAsync(["a", "x"], Token, Product);
        await pool.TouchManyAsync(["a", "x"], TimeSpan.FromMinutes(1), Token, Product);
        await pool.GetManyAsync(["a", "number"], CacheCodecs.Int32, Token, Product);
        await pool.DeleteManyAsync(["a", "b", "x"], Token, Product);

        Assert.Equal(
            "add_many not_stored 1, add_many stored 1, compare_and_set_many changed 1, compare_and_set_many stored 1, delete_many deleted 2, delete_many not_found 1, "
            + "exists_many hit 1, exists_many miss 1, get_many error 1, get_many hit 3, get_many miss 1, set_many stored 3, touch_many not_found 1, touch_many touched 1",
            probe.Sums(Instruments.Keys, Attributes.Operation, Attributes.Result));
        Assert.All(probe.Of(Instruments.Keys), measured => Assert.Equal("product:{id}", measured.Tags[Attributes.Key]));
        Assert.Equal("set", Assert.Single(probe.Of(Instruments.Requests)).Tags[Attributes.Operation]);
        Assert.Equal(9, probe.Of(Instruments.OperationDuration).Count());
    }

    [Fact]
    public async Task A_call_that_no_server_answers_is_an_error_of_its_kind()
    {
        using var probe = new MeterProbe(Instruments.Requests, Instruments.OperationDuration, Instruments.Keys);
        await using var pool = MemcachedPool.Connect("127.0.0.1:1");
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => pool.GetAsync("k", CacheCodecs.String, Token, Product).AsTask());
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => pool.GetManyAsync(["k", "l"], CacheCodecs.String, Token, Product).AsTask());

        Assert.Equal("get error 1", probe.Sums(Instruments.Requests, Attributes.Operation, Attributes.Result));
        Assert.Equal("get_many error 2", probe.Sums(Instruments.Keys, Attributes.Operation, Attributes.Result));
        Assert.All(probe.Of(Instruments.OperationDuration), measured => Assert.Equal(typeof(MemcachedConnectionException).FullName, measured.Tags[Attributes.ErrorType]));
        Assert.Equal(1, probe.Of(Instruments.OperationDuration).First().Tags[Attributes.ServerPort]);
    }

    [Fact]
    public async Task Entries_carry_their_template()
    {
        await using var pool = MemcachedPool.InMemory();
        using var probe = new MeterProbe(Instruments.Requests);
        var entry = new CacheEntry<string>(pool, "e"u8, CacheCodecs.String, template: Product);
        await entry.SetAsync("x", cancellationToken: Token);
        await entry.GetAsync(Token);
        await entry.GetOrCreateAsync(_ => ValueTask.FromResult("y"), cancellationToken: Token);
        await new CacheCounter(pool, "c"u8, template: Product).IncrementAsync(cancellationToken: Token);
        var set = new CacheEntrySet<int, string>(pool, static (ref writer, key) => writer.Append(key), TypedCache.Keys.KeyPolicy.Escape, CacheCodecs.String, template: Product);
        await set[1].GetAsync(Token);

        Assert.Equal(
            "get shop product:{id} hit 1, get shop product:{id} miss 1, get_or_create shop product:{id} hit 1, increment shop product:{id} stored 1, set shop product:{id} stored 1",
            probe.Sums(Instruments.Requests, Attributes.Operation, Attributes.Client, Attributes.Key, Attributes.Result));
    }

    [Fact]
    public async Task Sizes_are_recorded_where_they_are_asked_for()
    {
        await using var silent = MemcachedPool.InMemory();
        await using var pool = MemcachedPool.InMemory(configure: options => options.Telemetry.Sizes = true);
        using var probe = new MeterProbe(Instruments.ValueSize, Instruments.BatchSize);
        await silent.SetAsync("k", "text", CacheCodecs.String, cancellationToken: Token);
        Assert.Empty(probe.All);

        await pool.SetAsync("k", "text", CacheCodecs.String, cancellationToken: Token, template: Product);
        await pool.GetAsync("k", CacheCodecs.Bytes, Token, Product);
        await pool.SetAsync("long", new string('x', 100_000), CacheCodecs.String, cancellationToken: Token, template: Product);
        await pool.GetManyAsync(["k", "l", "m"], CacheCodecs.String, Token, Product);

        var sizes = probe.Of(Instruments.ValueSize).ToList();
        Assert.Equal([4, 4, sizes[2].Value, 4], sizes.Select(measured => measured.Value));
        Assert.Equal(["transmit", "receive", "transmit", "receive"], sizes.Select(measured => measured.Tags[Attributes.IoDirection]));
        Assert.Equal([false, false, true, false], sizes.Select(measured => measured.Tags[Attributes.Compressed]));
        Assert.InRange(sizes[2].Value, 1, 2000);
        Assert.Equal(3, Assert.Single(probe.Of(Instruments.BatchSize)).Value);
        Assert.All(probe.All, measured => Assert.Equal("product:{id}", measured.Tags[Attributes.Key]));
    }

    [Fact]
    public async Task A_listener_that_throws_harms_nobody()
    {
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        var heard = 0;
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException($"{Interlocked.Increment(ref heard)}"));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException($"{Interlocked.Increment(ref heard)}"));
        listener.Start();
        await using var pool = MemcachedPool.InMemory();
        await CallEverythingAsync(pool, Product);
        Assert.Equal("made", await pool.GetOrCreateAsync("made", _ => ValueTask.FromResult("made"), CacheCodecs.String, GetOrCreateOptions.Default, cancellationToken: Token));
        Assert.InRange(heard, 40, int.MaxValue);
    }

    private static async Task CallEverythingAsync(MemcachedPool pool, KeyTemplate template)
    {
        var codec = CacheCodecs.String;
        await pool.SetAsync("k", "one", codec, cancellationToken: Token, template: template);
        await pool.GetAsync("k", codec, Token, template);
        await pool.GetAsync("absent", codec, Token, template);
        await pool.GetAndTouchAsync("k", codec, TimeSpan.FromMinutes(1), Token, template);
        var read = await pool.GetValueAsync("k", codec, Token, template);
        await pool.ExistsAsync("k", Token, template);
        await pool.ExistsAsync("absent", Token, template);
        await pool.AddAsync("k", "two", codec, cancellationToken: Token, template: template);
        await pool.AddAsync("added", "two", codec, cancellationToken: Token, template: template);
        await pool.ReplaceAsync("absent", "two", codec, cancellationToken: Token, template: template);
        await pool.CompareAndSetAsync("k", "three", read.Cas, codec, cancellationToken: Token, template: template);
        await pool.CompareAndSetAsync("k", "four", read.Cas, codec, cancellationToken: Token, template: template);
        await pool.CompareAndSetAsync("absent", "four", read.Cas, codec, cancellationToken: Token, template: template);
        await pool.SetAsync("text", "b", CacheCodecs.Uncompressed(codec), cancellationToken: Token, template: template);
        await pool.AppendAsync("text", "c", codec, Token, template);
        await pool.PrependAsync("text", "a", codec, Token, template);
        await pool.TouchAsync("k", TimeSpan.FromMinutes(1), Token, template);
        await pool.TouchAsync("absent", TimeSpan.FromMinutes(1), Token, template);
        await pool.IncrementAsync("absent", 1, Token, template);
        await pool.IncrementAsync("n", 1, initial: 5, cancellationToken: Token, template: template);
        await pool.DecrementAsync("n", 1, Token, template);
        await pool.InvalidateAsync("k", TimeSpan.FromMinutes(1), Token, template);
        await pool.DeleteAsync("k", Token, template);
        await pool.DeleteAsync("k", Token, template);
        await pool.SetAsync("bad", "no number", codec, cancellationToken: Token, template: template);
        await Assert.ThrowsAsync<CacheValueException>(() => pool.GetAsync("bad", CacheCodecs.Int32, Token, template).AsTask());
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(params string[] keys) => keys.Select(key => KeyValuePair.Create(key, $"value of {key}"));
}
