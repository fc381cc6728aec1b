using System.Buffers;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>
/// What code that is written against <see cref="HybridCache"/> can rely on, for Microsoft's implementation and for ours. Where ours
/// differs on purpose, a property says so.
/// </summary>
public abstract class HybridCacheSuite : IDisposable
{
    private const HybridCacheEntryFlags NoReads = HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableDistributedCacheRead;
    private const HybridCacheEntryFlags NoWrites = HybridCacheEntryFlags.DisableLocalCacheWrite | HybridCacheEntryFlags.DisableDistributedCacheWrite;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Ours stores values of keys with control characters, which it escapes.</summary>
    protected virtual bool StoresControlCharacters => false;

    /// <summary>Ours stores a null text as such; Microsoft's has an empty one in the distributed level.</summary>
    protected virtual bool KeepsNullText => false;

    /// <summary>Ours removes the old value when a new one is too large to be stored; Microsoft's leaves it in the distributed level.</summary>
    protected virtual bool RemovesOldValueOfTooLarge => false;

    /// <summary>Ours creates a value again whose bytes cannot be read.</summary>
    protected virtual bool ReplacesUnreadable => false;

    /// <summary>Ours runs a factory in the execution context of its caller; Microsoft's does not where the call can be cancelled.</summary>
    protected virtual bool FlowsContext => false;

    /// <summary>Ours gives a factory that asks for its own key a value of its own; Microsoft's waits for itself.</summary>
    protected virtual bool AllowsReentrancy => false;

    public abstract void Dispose();

    [Fact]
    public async Task A_missing_value_is_created_once_and_found_from_then_on()
    {
        var cache = Create();
        var factory = new CountingFactory<string>(run => $"v{run}");

        Assert.Equal("v1", await cache.GetOrCreateAsync("k", factory.Run, cancellationToken: Token));
        Assert.Equal("v1", await cache.GetOrCreateAsync("k", factory.Run, cancellationToken: Token));
        Assert.Equal(1, factory.Runs);
    }

    [Fact]
    public async Task All_forms_of_a_key_mean_the_same_value()
    {
        var cache = Create();
        var id = 7;

        Assert.Equal("7", await cache.GetOrCreateAsync($"k:{id}", id, static (id, _) => ValueTask.FromResult($"{id}"), cancellationToken: Token));
        Assert.Equal("7", await cache.GetOrCreateAsync("k:7", _ => ValueTask.FromResult("other"), cancellationToken: Token));
        Assert.Equal("7", await cache.GetOrCreateAsync("k:7", 8, static (id, _) => ValueTask.FromResult($"{id}"), cancellationToken: Token));
        Assert.Equal("7", await cache.GetOrCreateAsync("xk:7x".AsSpan(1, 3), _ => ValueTask.FromResult("other"), cancellationToken: Token));
        Assert.Equal("7", await cache.GetOrCreateAsync($"k:{id}", _ => ValueTask.FromResult("other"), cancellationToken: Token));
    }

    [Fact]
    public async Task Values_of_all_kinds_come_back_as_they_were()
    {
        await RoundTripAsync("");
        await RoundTripAsync("text, 缓存, 🚀");
        await RoundTripAsync(Array.Empty<byte>());
        await RoundTripAsync(new byte[] { 0, 1, 255 });
        await RoundTripAsync(0);
        await RoundTripAsync(true);
        await RoundTripAsync(1.5m);
        await RoundTripAsync(Guid.Parse("6e2c1a55-2f5e-4f0e-9c83-2d9d10ac6b0a"));
        await RoundTripAsync(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)));
        await RoundTripAsync<int?>(null);
        await RoundTripAsync<int?>(5);
        await RoundTripAsync<Price?>(null);
        await RoundTripAsync(new Price(1.25m, "EUR"));
        await RoundTripAsync((1, "two"));
        await RoundTripAsync(new Point { X = 1, Y = 2 });
        await RoundTripAsync<IReadOnlyList<string>>(["a", "b"]);
        await RoundTripAsync(new Dictionary<string, int> { ["a"] = 1 });
        await RoundTripAsync(new List<(int, string)> { (1, "a"), (2, "b") });
        var route = await RoundTripAsync(new Route("r", [new Point { X = 3, Y = 4 }], (5, "six")), compare: false);
        Assert.Equal(("r", 4, (5, "six")), (route.Name, route.Points[0].Y, route.Ends));
        var basket = await RoundTripAsync(new Basket { Owner = "o", Items = [1, 2], NotStored = "x" }, compare: false);
        Assert.Equal(("o", 2, null), (basket.Owner, basket.Items.Count, basket.NotStored));
    }

    [Fact]
    public async Task A_null_text_is_created_once_too()
    {
        var cache = Create();
        var factory = new CountingFactory<string?>(_ => null);

        Assert.Null(await cache.GetOrCreateAsync("k", factory.Run, cancellationToken: Token));
        await UntilStoredAsync("k");
        Assert.Equal(KeepsNullText ? null : "", await cache.GetOrCreateAsync("k", factory.Run, Flags(HybridCacheEntryFlags.DisableLocalCache), cancellationToken: Token));
        Assert.Equal(1, factory.Runs);
    }

    [Fact]
    public async Task Values_can_be_set_replaced_and_removed()
    {
        var cache = Create();
        await cache.SetAsync("k", "first", cancellationToken: Token);
        Assert.Equal("first", await ReadAsync<string>(cache, "k"));
        await cache.SetAsync("k", "second", cancellationToken: Token);
        Assert.Equal("second", await ReadAsync<string>(cache, "k"));
        await cache.RemoveAsync("k", Token);
        Assert.Null(await ReadAsync<string>(cache, "k"));
        await cache.RemoveAsync("k", Token);
    }

    [Fact]
    public async Task Many_values_are_removed_at_once()
    {
        var cache = Create();
        string[] keys = ["a", "b", "c"];
        foreach (var key in keys)
        {
            await cache.SetAsync(key, key, cancellationToken: Token);
        }

        await cache.RemoveAsync(["a", "c", "a", "missing"], Token);
        await cache.RemoveAsync(Array.Empty<string>(), Token);
        await cache.RemoveAsync((IEnumerable<string>)null!, Token);

        Assert.Equal((null, "b", null), (await ReadAsync<string>(cache, "a"), await ReadAsync<string>(cache, "b"), await ReadAsync<string>(cache, "c")));
    }

    [Fact]
    public async Task Callers_of_one_key_share_one_create()
    {
        var cache = Create();
        var factory = new CountingFactory<string>(run => $"v{run}");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var calls = Enumerable.Range(0, 60)
            .Select(i => cache.GetOrCreateAsync("k", factory.RunGated, cancellationToken: i % 2 == 0 ? cancel.Token : CancellationToken.None).AsTask()).ToArray();
        await factory.Started;
        factory.Open();

        Assert.All(await Task.WhenAll(calls), value => Assert.Equal("v1", value));
        Assert.Equal(1, factory.Runs);
    }

    [Fact]
    public async Task Callers_who_share_a_create_get_copies_of_what_can_be_changed()
    {
        var cache = Create();
        var factory = new CountingFactory<Basket>(_ => new Basket { Owner = "o", NotStored = "x" });
        var calls = Enumerable.Range(0, 20).Select(_ => cache.GetOrCreateAsync("k", factory.RunGated, cancellationToken: Token).AsTask()).ToArray();
        await factory.Started;
        factory.Open();
        var baskets = await Task.WhenAll(calls);

        Assert.Equal(1, factory.Runs);
        Assert.Equal(baskets.Length, baskets.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.All(baskets, basket => Assert.Equal(("o", null), (basket.Owner, basket.NotStored)));
    }

    [Fact]
    public async Task A_cancelled_caller_leaves_the_others_alone()
    {
        var cache = Create();
        var factory = new CountingFactory<string>(run => $"v{run}");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var keeps = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var keeper = cache.GetOrCreateAsync("k", factory.RunGated, cancellationToken: keeps.Token).AsTask();
        var created = await factory.Started;
        var leaver = cache.GetOrCreateAsync("k", factory.RunGated, cancellationToken: cancel.Token).AsTask();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        Assert.False(created.IsCancellationRequested);
        factory.Open();

        Assert.Equal("v1", await keeper);
    }

    [Fact]
    public async Task The_last_caller_who_leaves_cancels_the_create()
    {
        var cache = Create();
        var factory = new CountingFactory<string>(run => $"v{run}");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var only = cache.GetOrCreateAsync("k", factory.RunGated, cancellationToken: cancel.Token).AsTask();
        var created = await factory.Started;

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);

        await Patiently.UntilAsync(() => created.IsCancellationRequested);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_does_nothing()
    {
        var cache = Create();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var factory = new CountingFactory<string>(run => $"v{run}");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cache.GetOrCreateAsync("k", factory.Run, cancellationToken: cancelled.Token));
        Assert.Equal(0, factory.Runs);
    }

    [Fact]
    public async Task An_exception_reaches_those_who_wait_and_is_not_kept()
    {
        var cache = Create();
        var factory = new CountingFactory<string>(run => run == 1 ? throw new InvalidOperationException("no data") : $"v{run}");
        var calls = Enumerable.Range(0, 10).Select(_ => cache.GetOrCreateAsync("k", factory.RunGated, cancellationToken: Token).AsTask()).ToArray();
        await factory.Started;
        factory.Open();

        await Task.WhenAll(calls).ContinueWith(static _ => { }, TaskScheduler.Default);
        Assert.Contains(calls, call => call.IsFaulted && call.Exception!.InnerException is InvalidOperationException { Message: "no data" });
        Assert.All(calls, call => Assert.True(call.IsFaulted || call.Result == "v2"));
        Assert.Equal("v2", await cache.GetOrCreateAsync("k", factory.Run, cancellationToken: Token));
    }

    [Fact]
    public async Task Underlying_data_can_be_left_out()
    {
        var cache = Create();
        Assert.Null(await ReadAsync<string>(cache, "k"));
        Assert.Equal(0, await ReadAsync<int>(cache, "k"));
        await cache.SetAsync("k", "v", cancellationToken: Token);
        Assert.Equal("v", await ReadAsync<string>(cache, "k"));
        Assert.Null(await cache.GetOrCreateAsync("k", NeverAsync<string>, Flags(HybridCacheEntryFlags.DisableUnderlyingData | NoReads), cancellationToken: Token));
    }

    [Fact]
    public async Task Reading_can_be_left_out()
    {
        var cache = Create();
        await cache.SetAsync("k", "old", cancellationToken: Token);

        Assert.Equal("new", await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult("new"), Flags(NoReads), cancellationToken: Token));
        Assert.Equal("new", await ReadAsync<string>(cache, "k"));
    }

    [Fact]
    public async Task Storing_can_be_left_out()
    {
        var cache = Create();
        var factory = new CountingFactory<string>(run => $"v{run}");

        Assert.Equal("v1", await cache.GetOrCreateAsync("k", factory.Run, Flags(NoWrites), cancellationToken: Token));
        Assert.Null(await ReadAsync<string>(cache, "k"));
        await cache.SetAsync("k", "set", Flags(NoWrites), cancellationToken: Token);
        Assert.Null(await ReadAsync<string>(cache, "k"));
        await cache.SetAsync("k", "set", cancellationToken: Token);
        Assert.Equal("set", await cache.GetOrCreateAsync("k", factory.Run, Flags(NoWrites), cancellationToken: Token));
    }

    [Fact]
    public async Task Both_levels_can_be_left_out_and_callers_share_the_create()
    {
        var cache = Create();
        var factory = new CountingFactory<Basket>(run => new Basket { Owner = $"v{run}" });
        await cache.SetAsync("k", new Basket { Owner = "old" }, cancellationToken: Token);
        var first = cache.GetOrCreateAsync("k", factory.RunGated, Flags(NoReads | NoWrites), cancellationToken: Token).AsTask();
        await factory.Started;
        var others = Enumerable.Range(0, 20).Select(_ => cache.GetOrCreateAsync("k", factory.RunGated, Flags(NoReads | NoWrites), cancellationToken: Token).AsTask()).ToArray();
        factory.Open();
        var baskets = await Task.WhenAll(others.Append(first));

        Assert.Equal(1, factory.Runs);
        Assert.All(baskets, basket => Assert.Equal("v1", basket.Owner));
        Assert.Equal(baskets.Length, baskets.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.Equal("old", (await ReadAsync<Basket>(cache, "k"))!.Owner);
    }

    [Fact]
    public async Task Options_of_a_call_count_one_at_a_time_and_the_default_ones_for_the_rest()
    {
        var cache = Create(setup: new HybridSetup
        {
            DefaultEntryOptions = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableUnderlyingData, Expiration = TimeSpan.FromHours(1) },
        });
        var factory = new CountingFactory<string>(run => $"v{run}");

        Assert.Null(await cache.GetOrCreateAsync("k", factory.Run, cancellationToken: Token));
        Assert.Null(await cache.GetOrCreateAsync("k", factory.Run, new HybridCacheEntryOptions { Expiration = TimeSpan.FromMinutes(1) }, cancellationToken: Token));
        Assert.Equal("v1", await cache.GetOrCreateAsync("k", factory.Run, Flags(HybridCacheEntryFlags.None), cancellationToken: Token));
        Assert.Equal("v1", await cache.GetOrCreateAsync("k", factory.Run, cancellationToken: Token));
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.DisableCompression)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCache)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheRead)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheWrite)]
    public async Task Other_flags_change_nothing_of_what_callers_get(HybridCacheEntryFlags flags)
    {
        var cache = Create();
        var text = new string('x', 100_000);

        Assert.Equal(text, await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult(text), Flags(flags), cancellationToken: Token));
        await UntilStoredAsync("k");
        Assert.Equal(text, await cache.GetOrCreateAsync("k", NeverAsync<string>, cancellationToken: Token));
        await cache.SetAsync("k", text + "y", Flags(flags), cancellationToken: Token);
        Assert.Equal(text + "y", await cache.GetOrCreateAsync("k", NeverAsync<string>, Flags(flags | HybridCacheEntryFlags.DisableLocalCache), cancellationToken: Token));
    }

    [Fact]
    public async Task Long_keys_of_any_characters_stay_distinct()
    {
        var cache = Create();
        var longest = new string('к', 1023);
        string[] keys = [longest + "a", longest + "b", "with blanks ", "with%20blanks", "with blanks", "K", "k", "🚀", "a\u00A0b", new('x', 260), new('x', 261)];
        for (var i = 0; i < keys.Length; i++)
        {
            await cache.SetAsync(keys[i], i, cancellationToken: Token);
        }

        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(i, await cache.GetOrCreateAsync(keys[i], NeverAsync<int>, cancellationToken: Token));
        }

        await cache.RemoveAsync(longest + "a", Token);
        Assert.Equal((0, 1), (await ReadAsync<int>(cache, longest + "a"), await ReadAsync<int>(cache, longest + "b")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("123456")]
    public async Task A_key_that_is_blank_or_too_long_is_created_each_time(string? key)
    {
        var cache = Create(setup: new HybridSetup { MaximumKeyLength = 5 });
        var factory = new CountingFactory<string>(run => $"v{run}");

        Assert.Equal("v1", await cache.GetOrCreateAsync(key!, factory.Run, cancellationToken: Token));
        Assert.Equal("v2", await cache.GetOrCreateAsync(key!, factory.Run, cancellationToken: Token));
        Assert.Null(await ReadAsync<string>(cache, key!));
    }

    [Fact]
    public async Task A_key_with_control_characters_is_stored_or_created_each_time()
    {
        var cache = Create();
        var factory = new CountingFactory<string>(run => $"v{run}");
        await cache.GetOrCreateAsync("a\nb", factory.Run, cancellationToken: Token);
        await cache.GetOrCreateAsync("a\nb", factory.Run, cancellationToken: Token);

        Assert.Equal(StoresControlCharacters ? 1 : 2, factory.Runs);
    }

    [Fact]
    public async Task A_value_that_is_too_large_is_given_out_and_not_stored()
    {
        var cache = Create(setup: new HybridSetup { MaximumPayloadBytes = 1000 });
        var factory = new CountingFactory<Basket>(run => new Basket { Owner = new string('x', 1000) + run });

        Assert.EndsWith("1", (await cache.GetOrCreateAsync("k", factory.Run, Flags(HybridCacheEntryFlags.DisableLocalCache), cancellationToken: Token)).Owner, StringComparison.Ordinal);
        Assert.EndsWith("2", (await cache.GetOrCreateAsync("k", factory.Run, Flags(HybridCacheEntryFlags.DisableLocalCache), cancellationToken: Token)).Owner, StringComparison.Ordinal);
        Assert.Equal(1000, (await cache.GetOrCreateAsync("text", _ => ValueTask.FromResult(new string('x', 1000)), cancellationToken: Token)).Length);
        Assert.Equal(1000, (await ReadAsync<string>(cache, "text"))!.Length);
    }

    [Fact]
    public async Task Setting_a_value_that_is_too_large_does_not_fail()
    {
        var cache = Create(setup: new HybridSetup { MaximumPayloadBytes = 1000 });
        await cache.SetAsync("k", "old", cancellationToken: Token);
        await cache.SetAsync("k", new string('x', 1001), Flags(HybridCacheEntryFlags.DisableLocalCache), cancellationToken: Token);

        var read = await cache.GetOrCreateAsync("k", NeverAsync<string?>, Flags(HybridCacheEntryFlags.DisableUnderlyingData | HybridCacheEntryFlags.DisableLocalCache), cancellationToken: Token);
        Assert.Equal(RemovesOldValueOfTooLarge ? null : "old", read);
    }

    [Fact]
    public async Task The_serializer_of_a_type_is_taken_from_the_services()
    {
        var cache = Create(services =>
        {
            services.AddSingleton<IHybridCacheSerializer<Basket>>(new OwnerSerializer("type:"));
            services.AddSingleton<IHybridCacheSerializerFactory>(new OwnerFactory("factory:"));
        });
        await cache.SetAsync("k", new Basket { Owner = "o" }, cancellationToken: Token);

        Assert.Equal("type:o", (await ReadAsync<Basket>(cache, "k"))!.Owner);
    }

    [Fact]
    public async Task Of_several_serializer_factories_the_last_one_that_takes_a_type_wins()
    {
        var cache = Create(services =>
        {
            services.AddSingleton<IHybridCacheSerializerFactory>(new OwnerFactory("first:"));
            services.AddSingleton<IHybridCacheSerializerFactory>(new OwnerFactory("last:"));
        });
        await cache.SetAsync("k", new Basket { Owner = "o" }, cancellationToken: Token);
        await cache.SetAsync("json", new Price(1, "EUR"), cancellationToken: Token);

        Assert.Equal("last:o", (await ReadAsync<Basket>(cache, "k"))!.Owner);
        Assert.Equal(new Price(1, "EUR"), await ReadAsync<Price>(cache, "json"));
    }

    [Fact]
    public async Task A_serializer_of_text_in_the_services_counts_before_the_built_in_one()
    {
        var cache = Create(services => services.AddSingleton<IHybridCacheSerializer<string>>(new UpperSerializer()));
        await cache.SetAsync("k", "text", cancellationToken: Token);

        Assert.Equal("TEXT", await cache.GetOrCreateAsync("k", NeverAsync<string>, Flags(HybridCacheEntryFlags.DisableLocalCache), cancellationToken: Token));
    }

    [Fact]
    public async Task What_a_serializer_throws_when_it_writes_reaches_the_caller()
    {
        var cache = Create(services => services.AddSingleton<IHybridCacheSerializer<Basket>>(new FailingSerializer()));

        var failed = await Assert.ThrowsAsync<NotImplementedException>(async () => await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult(new Basket()), cancellationToken: Token));
        Assert.Equal("cannot write", failed.Message);
    }

    [Fact]
    public async Task Bytes_that_cannot_be_read_are_replaced_or_fail()
    {
        var cache = Create(services => services.AddSingleton<IHybridCacheSerializer<Basket>>(new OwnerSerializer("", canRead: false)));
        await cache.SetAsync("k", new Basket { Owner = "o" }, Flags(HybridCacheEntryFlags.DisableLocalCache), cancellationToken: Token);
        var read = async () => await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult<Basket?>(null), Flags(HybridCacheEntryFlags.DisableLocalCache), cancellationToken: Token);

        if (ReplacesUnreadable)
        {
            Assert.Null(await read());
        }
        else
        {
            await Assert.ThrowsAnyAsync<Exception>(read);
        }
    }

    [Fact]
    public async Task No_tags_are_fine()
    {
        var cache = Create();
        Assert.Equal("v", await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), tags: [], cancellationToken: Token));
        await cache.SetAsync("k", "w", tags: Enumerable.Empty<string>().Where(tag => tag.Length > 0), cancellationToken: Token);
        await cache.RemoveByTagAsync(Array.Empty<string>(), Token);
        await cache.RemoveByTagAsync((IEnumerable<string>)null!, Token);

        Assert.Equal("w", await ReadAsync<string>(cache, "k"));
    }

    [Fact]
    public async Task Values_are_removed_by_any_of_the_tags_that_they_were_stored_with()
    {
        var cache = Create();
        await cache.SetAsync("none", "v", cancellationToken: Token);
        await cache.SetAsync("one", "v", tags: ["a"], cancellationToken: Token);
        await cache.GetOrCreateAsync("both", _ => ValueTask.FromResult("v"), tags: ["a", "b", "a"], cancellationToken: Token);
        await cache.SetAsync("other", "v", tags: Enumerable.Repeat("c", 2), cancellationToken: Token);

        // What a reader gives counts only for what it creates.
        Assert.Equal("v", await cache.GetOrCreateAsync("one", NeverAsync<string>, tags: ["c"], cancellationToken: Token));
        await cache.RemoveByTagAsync(["b", "never used"], Token);
        Assert.Equal(("v", "v", null, "v"), (await ReadAsync<string>(cache, "none"), await ReadAsync<string>(cache, "one"), await ReadAsync<string>(cache, "both"), await ReadAsync<string>(cache, "other")));
        await cache.RemoveByTagAsync("c", Token);
        Assert.Equal(("v", null), (await ReadAsync<string>(cache, "one"), await ReadAsync<string>(cache, "other")));
        await cache.RemoveByTagAsync("*", Token);
        Assert.Equal((null, null), (await ReadAsync<string>(cache, "none"), await ReadAsync<string>(cache, "one")));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public async Task A_blank_or_reserved_tag_is_refused(string? tag)
    {
        var cache = Create();
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await cache.SetAsync("k", "v", tags: [tag!], cancellationToken: Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), tags: ["t", tag!], cancellationToken: Token));
    }

    [Fact]
    public async Task A_factory_may_ask_for_other_keys()
    {
        var cache = Create();
        var value = await cache.GetOrCreateAsync(
            "outer", async token => "outer of " + await cache.GetOrCreateAsync("inner", _ => ValueTask.FromResult("inner"), cancellationToken: token), cancellationToken: Token);

        Assert.Equal("outer of inner", value);
        Assert.Equal("inner", await ReadAsync<string>(cache, "inner"));
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.None)]
    [InlineData(NoReads | NoWrites)]
    public async Task A_factory_that_asks_for_its_own_key_ends(HybridCacheEntryFlags flags)
    {
        if (!AllowsReentrancy)
        {
            return;
        }

        var cache = Create();
        var value = await cache.GetOrCreateAsync(
            "k", async token => "outer of " + await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult("inner"), Flags(flags), cancellationToken: token), Flags(flags), cancellationToken: Token);

        Assert.Equal("outer of inner", value);
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.None)]
    [InlineData(NoReads | NoWrites)]
    public async Task A_factory_sees_the_activity_of_its_caller(HybridCacheEntryFlags flags)
    {
        var cache = Create();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var activity = new System.Diagnostics.Activity("caller").Start();
        var seen = await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult(System.Diagnostics.Activity.Current?.Id), Flags(flags), cancellationToken: cancel.Token);

        Assert.Equal(FlowsContext ? activity.Id : null, seen);
    }

    [Fact]
    public void Callers_may_block()
    {
        var cache = Create();
        Assert.Equal("v", Block(cache.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), cancellationToken: CancellationToken.None).AsTask()));
        Assert.Equal("v", Block(cache.GetOrCreateAsync("k", NeverAsync<string>, cancellationToken: CancellationToken.None).AsTask()));
        Assert.Equal("o", Block(cache.GetOrCreateAsync("b", _ => ValueTask.FromResult(new Basket { Owner = "o" }), cancellationToken: CancellationToken.None).AsTask()).Owner);
        Assert.Equal("o", Block(cache.GetOrCreateAsync("b", NeverAsync<Basket>, cancellationToken: CancellationToken.None).AsTask()).Owner);

        static T Block<T>(Task<T> call) => call.GetAwaiter().GetResult();
    }

    /// <summary>Waits until a created value is in the distributed level. Microsoft's gives it to its callers before that.</summary>
    protected virtual Task UntilStoredAsync(string key) => Task.CompletedTask;

    /// <summary>Creates a cache.</summary>
    protected abstract HybridCache Create(Action<IServiceCollection>? configure = null, HybridSetup? setup = null);

    protected static HybridCacheEntryOptions Flags(HybridCacheEntryFlags flags) => new() { Flags = flags };

    protected static ValueTask<T> NeverAsync<T>(CancellationToken token) => throw new InvalidOperationException("the value is there, or must not be created");

    protected static ValueTask<T?> ReadAsync<T>(HybridCache cache, string key) =>
        cache.GetOrCreateAsync(key, NeverAsync<T?>, Flags(HybridCacheEntryFlags.DisableUnderlyingData), cancellationToken: Token);

    private async Task<T> RoundTripAsync<T>(T value, bool compare = true)
    {
        var cache = Create();
        await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult(value), cancellationToken: Token);
        await UntilStoredAsync("k");
        var found = await cache.GetOrCreateAsync("k", NeverAsync<T>, Flags(HybridCacheEntryFlags.DisableLocalCache), cancellationToken: Token);
        if (compare)
        {
            Assert.Equal(value, found);
        }

        return found;
    }

    private sealed class OwnerSerializer(string mark, bool canRead = true) : IHybridCacheSerializer<Basket>
    {
        public Basket Deserialize(ReadOnlySequence<byte> source) =>
            canRead ? new Basket { Owner = Encoding.UTF8.GetString(source) } : throw new FormatException("cannot read");

        public void Serialize(Basket value, IBufferWriter<byte> target)
        {
            // In pieces, as real serializers write.
            target.Write(Encoding.UTF8.GetBytes(mark));
            target.Write(Encoding.UTF8.GetBytes(value?.Owner ?? ""));
        }
    }

    private sealed class OwnerFactory(string mark) : IHybridCacheSerializerFactory
    {
        public bool TryCreateSerializer<T>([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IHybridCacheSerializer<T>? serializer)
        {
            serializer = new OwnerSerializer(mark) as IHybridCacheSerializer<T>;
            return serializer is not null;
        }
    }

    private sealed class UpperSerializer : IHybridCacheSerializer<string>
    {
        public string Deserialize(ReadOnlySequence<byte> source) => Encoding.UTF8.GetString(source);

        public void Serialize(string value, IBufferWriter<byte> target) => target.Write(Encoding.UTF8.GetBytes(value.ToUpperInvariant()));
    }

    private sealed class FailingSerializer : IHybridCacheSerializer<Basket>
    {
        public Basket Deserialize(ReadOnlySequence<byte> source) => throw new NotImplementedException("cannot read");

        public void Serialize(Basket value, IBufferWriter<byte> target) => throw new NotImplementedException("cannot write");
    }
}
