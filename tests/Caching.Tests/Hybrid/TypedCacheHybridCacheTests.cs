using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Values;

namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>What ours has beyond what <see cref="HybridCacheSuite"/> asks of each implementation.</summary>
public sealed class TypedCacheHybridCacheTests : IDisposable
{
    // The version of the tag that all values have, and the number of tags.
    private const int VersionBytes = 9;

    private const HybridCacheEntryFlags NoServers = HybridCacheEntryFlags.DisableDistributedCache;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(55));
    private readonly CacheFleet _fleet;
    private readonly MemcachedPool _pool;
    private readonly LogLines _log = new();
    private readonly ServiceCollection _services = [];
    private readonly List<ServiceProvider> _providers = [];

    public TypedCacheHybridCacheTests()
    {
        _fleet = CacheFleet.Embedded(servers: 2, time: _time);
        _pool = _fleet.Join();
        _services.AddSingleton<TimeProvider>(_time);
        _services.AddLogging(logging => logging.AddProvider(_log));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _providers.ForEach(provider => provider.Dispose());
        _fleet.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData(null, 300)]
    [InlineData(60, 60)]
    public async Task Values_expire_after_the_expiration_of_the_defaults_or_five_minutes(int? seconds, int expected)
    {
        var cache = Create(options => options.DefaultEntryOptions = seconds is null ? null : new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(seconds.Value) });
        await cache.SetAsync("set", "v", cancellationToken: Token);
        await cache.GetOrCreateAsync("created", _ => ValueTask.FromResult("v"), cancellationToken: Token);
        await cache.SetAsync("short", "v", new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(10) }, cancellationToken: Token);
        await cache.SetAsync("never", "v", new HybridCacheEntryOptions { Expiration = TimeSpan.MaxValue }, cancellationToken: Token);

        _time.Advance(TimeSpan.FromSeconds(expected - 2));
        Assert.Equal(("v", "v", null), (await cache.GetAsync<string>("set", Token), await cache.GetAsync<string>("created", Token), await cache.GetAsync<string>("short", Token)));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((null, null, "v"), (await cache.GetAsync<string>("set", Token), await cache.GetAsync<string>("created", Token), await cache.GetAsync<string>("never", Token)));
    }

    [Fact]
    public async Task An_expiration_that_is_not_positive_is_refused()
    {
        var cache = Create();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await cache.SetAsync("k", "v", new HybridCacheEntryOptions { Expiration = TimeSpan.Zero }, cancellationToken: Token));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Create(options => options.InstanceName = new string('x', 129)));
        Assert.Throws<ArgumentException>(() => Create(options => options.FailSafe = TimeSpan.FromSeconds(5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(options => options.MaximumPayloadBytes = 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(options => options.MaximumKeyLength = 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(options => options.LeaseTime = TimeSpan.Zero));
    }

    [Fact]
    public async Task Values_are_apart_from_those_of_other_users_of_the_pool_and_of_other_instances()
    {
        var cache = Create();
        var other = Create(options => options.InstanceName = "other:");
        await _pool.SetAsync("k", "of the pool", CacheCodecs.String, cancellationToken: Token);
        await other.SetAsync("k", "of the other", cancellationToken: Token);

        Assert.Equal("mine", await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult("mine"), cancellationToken: Token));
        Assert.Equal("of the pool", await _pool.GetAsync("k", CacheCodecs.String, Token));
        Assert.Equal("of the other", await other.GetAsync<string>("k", Token));
        Assert.NotNull(await StoredItem.ReadAsync(_pool, "hybrid:k"));
    }

    [Theory]
    [InlineData(false, HybridCacheEntryFlags.None, true)]
    [InlineData(false, HybridCacheEntryFlags.DisableCompression, false)]
    [InlineData(true, HybridCacheEntryFlags.None, false)]
    public async Task Large_values_are_compressed_unless_a_call_or_the_options_say_no(bool disabled, HybridCacheEntryFlags flags, bool expected)
    {
        var cache = Create(options => options.DisableCompression = disabled);
        var options = new HybridCacheEntryOptions { Flags = flags };
        var text = new string('x', 50_000);
        await cache.SetAsync("set", text, options, cancellationToken: Token);
        await cache.GetOrCreateAsync("text", _ => ValueTask.FromResult(text), options, cancellationToken: Token);
        await cache.GetOrCreateAsync("basket", _ => ValueTask.FromResult(new Basket { Owner = text }), options, cancellationToken: Token);

        const uint Zlib = 2;
        foreach (var key in (string[])["set", "text", "basket"])
        {
            var item = await StoredItem.ReadAsync(_pool, "hybrid:" + key);
            Assert.Equal(expected, (item!.Flags & Zlib) != 0);
            Assert.True(item.Bytes.Length > 50_000);
        }
    }

    [Fact]
    public async Task Bytes_that_are_not_this_cache_s_count_as_a_miss_and_are_replaced()
    {
        var cache = Create();
        string[] keys = ["number", "raw", "empty", "null"];
        await _pool.SetAsync("hybrid:number", 5, CacheCodecs.Int32, cancellationToken: Token);
        await _pool.SetAsync("hybrid:raw", "text", CacheCodecs.String, cancellationToken: Token);
        await _pool.SetAsync("hybrid:empty", "", CacheCodecs.String, cancellationToken: Token);
        await _pool.SetAsync("hybrid:null", [0], CacheCodecs.Bytes, cancellationToken: Token);

        foreach (var key in keys)
        {
            Assert.False((await cache.GetValueAsync<int>(key, Token)).Found);
            Assert.Equal(7, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(7), cancellationToken: Token));
            Assert.Equal(7, await cache.GetAsync<int>(key, Token));
        }
    }

    [Fact]
    public async Task A_value_of_another_type_is_created_again()
    {
        var cache = Create();
        await cache.SetAsync("k", "text", cancellationToken: Token);

        Assert.Equal(new Price(1, "EUR"), await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult(new Price(1, "EUR")), cancellationToken: Token));
        Assert.Equal(new Price(1, "EUR"), await cache.GetAsync<Price>("k", Token));
    }

    [Fact]
    public async Task A_null_and_an_empty_text_are_told_from_a_miss()
    {
        var cache = Create();
        await cache.SetAsync<string?>("null", null, cancellationToken: Token);
        await cache.SetAsync("empty", "", cancellationToken: Token);

        var none = await cache.GetValueAsync<string?>("null", Token);
        Assert.Equal((true, null), (none.Found, none.Value));
        Assert.Equal("", (await cache.GetValueAsync<string>("empty", Token)).Value);
        Assert.False((await cache.GetValueAsync<string>("missing", Token)).Found);
        Assert.Null(await cache.GetOrCreateAsync<string?>("null", _ => throw new InvalidOperationException("it is there"), cancellationToken: Token));
    }

    [Fact]
    public async Task What_is_immutable_is_shared_by_those_who_wait_for_it()
    {
        var cache = Create();
        var factory = new CountingFactory<Price>(_ => new Price(1, "EUR"));
        var first = cache.GetOrCreateAsync("k", factory.RunGated, new HybridCacheEntryOptions { Flags = NoServers }, cancellationToken: Token).AsTask();
        await factory.Started;
        var second = cache.GetOrCreateAsync("k", factory.RunGated, new HybridCacheEntryOptions { Flags = NoServers }, cancellationToken: Token).AsTask();
        factory.Open();

        Assert.Same(await first, await second);
    }

    [Fact]
    public async Task Those_who_wait_for_a_create_beside_the_servers_leave_it_one_by_one()
    {
        var cache = Create();
        var options = new HybridCacheEntryOptions { Flags = NoServers };
        var factory = new CountingFactory<string>(run => $"v{run}");
        using var one = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var two = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var first = cache.GetOrCreateAsync("k", factory.RunGated, options, cancellationToken: one.Token).AsTask();
        var second = cache.GetOrCreateAsync("k", factory.RunGated, options, cancellationToken: two.Token).AsTask();
        var created = await factory.Started;

        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(created.IsCancellationRequested);
        await two.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await Patiently.UntilAsync(() => created.IsCancellationRequested);

        factory.Open();
        Assert.Equal("v2", await cache.GetOrCreateAsync("k", factory.RunGated, options, cancellationToken: Token));
        Assert.Equal(2, factory.Runs);
    }

    [Fact]
    public async Task Each_warning_comes_once_a_minute_and_names_no_key_and_no_value()
    {
        var cache = Create(options => (options.MaximumPayloadBytes, options.MaximumKeyLength) = (10, 20));
        for (var i = 0; i < 3; i++)
        {
            await cache.SetAsync("secret", "a secret value", cancellationToken: Token);
            await cache.GetOrCreateAsync("secret", _ => ValueTask.FromResult(new Basket { Owner = "a secret value" }), cancellationToken: Token);
            await cache.GetOrCreateAsync("a secret key that is too long", _ => ValueTask.FromResult(1), cancellationToken: Token);
        }

        Assert.Equal((1, 1), (_log.Count("PayloadTooLarge"), _log.Count("KeyNotCached")));
        _time.Advance(TimeSpan.FromSeconds(61));
        await cache.SetAsync("secret", "a secret value", cancellationToken: Token);
        Assert.Equal(2, _log.Count("PayloadTooLarge"));
        Assert.DoesNotContain(_log.Of(LogLevel.Trace), static text => text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_servers_values_are_created_reads_miss_and_stores_are_logged_but_removals_fail()
    {
        var pool = _fleet.Join(options => (options.ConnectTimeout, options.OperationTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
        var cache = Create(pool: pool);
        _fleet.StopServers();

        Assert.Equal("v", await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), cancellationToken: Token));
        Assert.Equal("o", (await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult(new Basket { Owner = "o" }), cancellationToken: Token)).Owner);
        Assert.Null(await cache.GetAsync<string>("k", Token));
        await cache.SetAsync("k", "v", cancellationToken: Token);
        await Assert.ThrowsAnyAsync<MemcachedException>(async () => await cache.RemoveAsync("k", Token));
        Assert.Equal((1, 1), (_log.Count("ReadFailed"), _log.Count("WriteFailed")));
    }

    [Fact]
    public async Task Types_that_no_JSON_options_know_are_refused_and_the_message_says_what_to_register()
    {
        _services.AddKeyedSingleton<JsonSerializerOptions>(typeof(IHybridCacheSerializer<>), new JsonSerializerOptions { TypeInfoResolver = PriceJson.Default });
        var cache = Create();
        await cache.SetAsync("k", new Price(1, "EUR"), cancellationToken: Token);
        Assert.Equal(new Price(1, "EUR"), await cache.GetAsync<Price>("k", Token));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await cache.SetAsync("k", new Basket(), cancellationToken: Token));
        Assert.Contains("Basket", refused.Message, StringComparison.Ordinal);
        Assert.Contains("AddKeyedSingleton", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_options_of_a_type_count_before_those_of_all()
    {
        _services.AddKeyedSingleton<JsonSerializerOptions>(typeof(IHybridCacheSerializer<>), new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper });
        _services.AddKeyedSingleton<JsonSerializerOptions>(typeof(IHybridCacheSerializer<Price>), new JsonSerializerOptions(JsonSerializerDefaults.Web));
        var cache = Create();
        await cache.SetAsync("price", new Price(1, "EUR"), cancellationToken: Token);
        await cache.SetAsync("basket", new Basket { Owner = "o" }, cancellationToken: Token);

        Assert.Equal("\u0001{\"amount\":1,\"currency\":\"EUR\"}", Encoding.UTF8.GetString((await StoredItem.ReadAsync(_pool, "hybrid:price"))!.Bytes[..^VersionBytes]));
        Assert.Contains("\"OWNER\":\"o\"", Encoding.UTF8.GetString((await StoredItem.ReadAsync(_pool, "hybrid:basket"))!.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_value_is_given_out_while_one_caller_refreshes_it()
    {
        var cache = Create(options => options.Stale = TimeSpan.FromMinutes(1));
        var entry = new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(10) };
        await cache.SetAsync("k", "old", entry, cancellationToken: Token);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("old", await cache.GetOrCreateAsync<string>("k", _ => throw new InvalidOperationException("it is fresh"), entry, cancellationToken: Token));
        _time.Advance(TimeSpan.FromSeconds(3));
        var factory = new CountingFactory<string>(_ => "new");

        Assert.Equal("old", await cache.GetOrCreateAsync("k", factory.RunGated, entry, cancellationToken: Token));
        await factory.Started;
        Assert.Equal("old", await cache.GetOrCreateAsync("k", factory.RunGated, entry, cancellationToken: Token));
        factory.Open();
        var read = "old";
        while (read != "new")
        {
            read = await cache.GetOrCreateAsync("k", factory.RunGated, entry, cancellationToken: Token);
        }

        Assert.Equal(1, factory.Runs);
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.None, "a b", "c d")]
    [InlineData(HybridCacheEntryFlags.DisableDistributedCacheRead, "", "a b c d")]
    [InlineData(HybridCacheEntryFlags.DisableDistributedCacheWrite, "a b", "c d")]
    [InlineData(HybridCacheEntryFlags.DisableUnderlyingData, "a b", "")]
    public async Task Many_values_are_read_and_the_missing_ones_created_together(HybridCacheEntryFlags flags, string read, string created)
    {
        var cache = Create(options => options.MaximumKeyLength = 10);
        await cache.SetAsync("a", new Basket { Owner = "a read" }, cancellationToken: Token);
        await cache.SetAsync("b", new Basket { Owner = "b read" }, cancellationToken: Token);
        var asked = new List<string>();
        var calls = 0;

        var baskets = await cache.GetOrCreateManyAsync<Basket>(
            ["a", "b", "c", "c", "d", "none"],
            (keys, _) =>
            {
                calls++;
                asked.AddRange(keys.Where(key => key != "none"));
                return ValueTask.FromResult<IReadOnlyDictionary<string, Basket>>(keys.Where(key => key != "none").ToDictionary(key => key, key => new Basket { Owner = key + " created" }));
            },
            new HybridCacheEntryOptions { Flags = flags },
            Token);

        var expected = Words(read).Select(key => $"{key} read").Concat(Words(created).Select(key => $"{key} created")).Order(StringComparer.Ordinal);
        Assert.Equal(expected, baskets.Values.Select(basket => basket.Owner!).Order(StringComparer.Ordinal));
        Assert.Equal(Words(created), asked.Order(StringComparer.Ordinal));
        Assert.Equal(created.Length > 0 ? 1 : 0, calls);
        var isStored = created.Length > 0 && (flags & HybridCacheEntryFlags.DisableDistributedCacheWrite) == 0;
        Assert.Equal(isStored ? "c created" : null, (await cache.GetAsync<Basket>("c", Token))?.Owner);

        static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Many_values_include_those_of_keys_that_cannot_be_stored()
    {
        var cache = Create(options => options.MaximumKeyLength = 5);
        for (var i = 0; i < 2; i++)
        {
            var values = await cache.GetOrCreateManyAsync(
                ["short", "too long"],
                (keys, _) => ValueTask.FromResult<IReadOnlyDictionary<string, int>>(keys.ToDictionary(key => key, key => key.Length + i)),
                cancellationToken: Token);
            Assert.Equal((5, 8 + i), (values["short"], values["too long"]));
        }
    }

    [Fact]
    public async Task A_read_without_creating_works_on_any_implementation()
    {
        _services.AddHybridCache();
        var provider = Provide();
        var microsoft = provider.GetRequiredService<HybridCache>();
        await microsoft.SetAsync("k", "v", cancellationToken: Token);

        Assert.Equal(("v", null), (await microsoft.GetAsync<string>("k", Token), await microsoft.GetAsync<string>("missing", Token)));
    }

    [Fact]
    public async Task A_cache_needs_no_services()
    {
        var cache = new TypedCacheHybridCache(_pool);
        await cache.SetAsync("k", new Basket { Owner = "o" }, cancellationToken: Token);

        Assert.Equal("o", (await cache.GetAsync<Basket>("k", Token))!.Owner);
    }

    [Fact]
    public async Task Keys_fit_behind_the_prefix_of_the_pool()
    {
        var cache = Create(pool: _fleet.Join(options => options.KeyPrefix = new string('p', 100)));
        var key = new string('k', 1000);
        await cache.SetAsync(key, "v", cancellationToken: Token);
        await cache.SetAsync(key + "2", "w", cancellationToken: Token);

        Assert.Equal(("v", "w"), (await cache.GetAsync<string>(key, Token), await cache.GetAsync<string>(key + "2", Token)));
    }

    private TypedCacheHybridCache Create(Action<TypedCacheHybridCacheOptions>? configure = null, MemcachedPool? pool = null)
    {
        var options = new TypedCacheHybridCacheOptions();
        configure?.Invoke(options);
        return new TypedCacheHybridCache(pool ?? _pool, options, Provide());
    }

    private ServiceProvider Provide()
    {
        var provider = _services.BuildServiceProvider();
        _providers.Add(provider);
        return provider;
    }
}
