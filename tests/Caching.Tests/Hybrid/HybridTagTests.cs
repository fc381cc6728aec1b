using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>Tags right across processes: several pools over the same servers stand for them. What dotnet/extensions #7411 asks for is here.</summary>
public sealed class HybridTagTests
{
    private static readonly HybridCacheEntryOptions Local = new() { Expiration = TimeSpan.FromHours(1), LocalCacheExpiration = TimeSpan.FromMinutes(10) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_one_process_removes_by_a_tag_no_process_serves_any_more(bool real)
    {
        using var fleet = real ? CacheFleet.Real(servers: 2) : CacheFleet.Embedded(servers: 2);
        var (a, b) = (Join(fleet, tagNear: 0), Join(fleet, tagNear: 0));
        for (var round = 0; round < 3; round++)
        {
            foreach (var cache in (TypedCacheHybridCache[])[a, b])
            {
                Assert.Equal($"v{round}", await cache.GetOrCreateAsync("text", _ => ValueTask.FromResult($"v{round}"), tags: ["t", "other"], cancellationToken: Token));
                Assert.Equal($"v{round}", (await cache.GetOrCreateAsync("basket", _ => ValueTask.FromResult(Owned($"v{round}")), tags: ["t"], cancellationToken: Token)).Owner);
                Assert.Equal("kept", await cache.GetOrCreateAsync("untouched", _ => ValueTask.FromResult("kept"), tags: ["other tag"], cancellationToken: Token));
            }

            await a.RemoveByTagAsync("t", Token);
            Assert.Equal((null, null), (await b.GetAsync<string>("text", Token), await b.GetAsync<Basket>("basket", Token)));
            Assert.False((await b.GetValueAsync<string>("text", Token)).Found);
            Assert.Equal("kept", await b.GetAsync<string>("untouched", Token));
        }
    }

    [Fact]
    public async Task Values_and_versions_that_a_process_keeps_end_within_TagNear()
    {
        var time = new FakeTimeProvider();
        using var fleet = CacheFleet.Embedded(time: time);
        var pool = fleet.Join();
        var (a, b) = (Join(fleet), new TypedCacheHybridCache(pool));
        await a.SetAsync("k", "old", Local, ["t"], Token);
        await a.SetAsync("b", Owned("old"), Local, ["t"], Token);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("old", await b.GetOrCreateAsync<string>("k", Never<string>, Local, cancellationToken: Token));
            Assert.Equal("old", (await b.GetOrCreateAsync<Basket>("b", Never<Basket>, Local, cancellationToken: Token)).Owner);
        }

        // Nothing is asked while all of it is kept; objects that can be changed are not shared.
        var before = await pool.CountAsync("cmd_get");
        var (one, two) = (await b.GetOrCreateAsync<Basket>("b", Never<Basket>, Local, cancellationToken: Token), await b.GetOrCreateAsync<Basket>("b", Never<Basket>, Local, cancellationToken: Token));
        Assert.Equal("old", await b.GetOrCreateAsync<string>("k", Never<string>, Local, cancellationToken: Token));
        Assert.NotSame(one, two);
        Assert.Equal(before, await pool.CountAsync("cmd_get"));

        // The process that removes a tag sees it at once; the value would be kept for ten minutes.
        await b.RemoveByTagAsync("t", Token);
        Assert.Equal("new", await b.GetOrCreateAsync("k", _ => ValueTask.FromResult("new"), Local, ["t"], Token));
        await a.RemoveByTagAsync("t", Token);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("newer", await b.GetOrCreateAsync("k", _ => ValueTask.FromResult("newer"), Local, ["t"], Token));
        Assert.Equal("newer", await b.GetOrCreateAsync<string>("k", Never<string>, Local, cancellationToken: Token));
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.None)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheRead)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheWrite)]
    public async Task Only_a_local_expiration_keeps_values_in_the_process(HybridCacheEntryFlags flags)
    {
        using var fleet = CacheFleet.Embedded();
        var pool = fleet.Join();
        var cache = new TypedCacheHybridCache(pool);
        var options = new HybridCacheEntryOptions { LocalCacheExpiration = flags == HybridCacheEntryFlags.None ? null : TimeSpan.FromMinutes(10), Flags = flags };
        await cache.SetAsync("k", "v", options, cancellationToken: Token);
        await cache.GetOrCreateAsync<string>("k", Never<string>, options, cancellationToken: Token);
        var before = await pool.CountAsync("get_hits");
        await cache.GetOrCreateAsync<string>("k", Never<string>, options, cancellationToken: Token);

        Assert.True(await pool.CountAsync("get_hits") > before);
    }

    [Theory]
    [InlineData("t", HybridCacheEntryFlags.None)]
    [InlineData("*", HybridCacheEntryFlags.None)]
    [InlineData("t", HybridCacheEntryFlags.DisableDistributedCacheRead)]
    [InlineData("*", HybridCacheEntryFlags.DisableDistributedCacheRead)]
    public async Task A_value_whose_tag_is_removed_while_it_is_created_is_old_at_once(string removed, HybridCacheEntryFlags flags)
    {
        using var fleet = CacheFleet.Embedded(servers: 2);
        var (a, b) = (Join(fleet, tagNear: 0), Join(fleet, tagNear: 0));
        var options = new HybridCacheEntryOptions { Flags = flags };
        var factory = new CountingFactory<string>(run => $"v{run}");
        var creating = b.GetOrCreateAsync("k", factory.RunGated, options, ["t", "u"], Token).AsTask();
        await factory.Started;
        await a.RemoveByTagAsync(removed, Token);
        factory.Open();

        Assert.Equal("v1", await creating);
        Assert.Null(await a.GetAsync<string>("k", Token));
        Assert.Null(await b.GetAsync<string>("k", Token));
        Assert.Equal("v2", await b.GetOrCreateAsync("k", factory.RunGated, options, ["t", "u"], Token));
        Assert.Equal("v2", await a.GetAsync<string>("k", Token));
    }

    [Fact]
    public async Task A_caller_who_comes_after_a_removal_does_not_get_what_was_begun_before_it()
    {
        using var fleet = CacheFleet.Embedded();
        var cache = Join(fleet, tagNear: 0);
        foreach (var flags in (HybridCacheEntryFlags[])[HybridCacheEntryFlags.None, HybridCacheEntryFlags.DisableDistributedCache])
        {
            var options = new HybridCacheEntryOptions { Flags = flags };
            var old = new CountingFactory<string>(_ => "old");
            var before = cache.GetOrCreateAsync("k", old.RunGated, options, ["t"], Token).AsTask();
            await old.Started;
            await cache.RemoveByTagAsync("t", Token);
            var after = cache.GetOrCreateAsync("k", _ => ValueTask.FromResult("new"), options, ["t"], Token).AsTask();
            old.Open();

            Assert.Equal(("old", "new"), (await before, await after));
        }
    }

    [Fact]
    public async Task Removals_of_other_tags_do_not_keep_a_value_from_being_stored()
    {
        using var fleet = CacheFleet.Embedded();
        var (a, b) = (Join(fleet, tagNear: 0), Join(fleet, tagNear: 0));
        var factory = new CountingFactory<string>(run => $"v{run}");
        var creating = b.GetOrCreateAsync("k", factory.RunGated, tags: ["t"], cancellationToken: Token).AsTask();
        await factory.Started;
        await a.RemoveByTagAsync(["u", "v", " ", "u"], Token);
        factory.Open();
        await creating;

        Assert.Equal("v1", await a.GetAsync<string>("k", Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tag_that_is_evicted_takes_its_values_away_and_never_brings_old_ones_back(bool real)
    {
        using var fleet = real ? CacheFleet.Real() : CacheFleet.Embedded();
        var pool = fleet.Join();
        var (a, b) = (new TypedCacheHybridCache(pool, new TypedCacheHybridCacheOptions { TagNear = TimeSpan.Zero }), Join(fleet, tagNear: 0));
        foreach (var (tag, key) in ((string, string)[])[("t", "one"), ("*", "all")])
        {
            await a.SetAsync(key, "old", tags: ["t"], cancellationToken: Token);
            Assert.True(await pool.DeleteAsync($"hybrid:%t:{tag}", Token));
            Assert.Null(await b.GetAsync<string>(key, Token));
            await a.SetAsync("other", "v", tags: ["t"], cancellationToken: Token);
            Assert.Equal("v", await b.GetAsync<string>("other", Token));
            for (var i = 0; i < 10; i++)
            {
                Assert.Null(await b.GetAsync<string>(key, Token));
                await a.RemoveByTagAsync(tag, Token);
            }
        }
    }

    [Fact]
    public async Task The_tag_of_all_values_removes_those_of_its_instance_and_no_others()
    {
        using var fleet = CacheFleet.Embedded(servers: 2);
        var pool = fleet.Join();
        var (a, b) = (Join(fleet, tagNear: 0), Join(fleet, tagNear: 0));
        var other = new TypedCacheHybridCache(pool, new TypedCacheHybridCacheOptions { InstanceName = "other:", TagNear = TimeSpan.Zero });
        await other.SetAsync("k", "other", cancellationToken: Token);
        await a.SetAsync("none", "v", cancellationToken: Token);
        await a.SetAsync("some", "v", tags: ["t"], cancellationToken: Token);
        await a.GetOrCreateManyAsync(["m1", "m2"], (keys, _) => ValueTask.FromResult<IReadOnlyDictionary<string, int>>(keys.ToDictionary(key => key, _ => 7)), cancellationToken: Token);
        Assert.Equal(7, await b.GetAsync<int>("m1", Token));

        await a.RemoveByTagAsync("*", Token);
        Assert.Equal((null, null, 0), (await b.GetAsync<string>("none", Token), await b.GetAsync<string>("some", Token), await b.GetAsync<int>("m2", Token)));
        var many = await b.GetOrCreateManyAsync(["m1", "m2"], (keys, _) => ValueTask.FromResult<IReadOnlyDictionary<string, int>>(keys.ToDictionary(key => key, _ => 8)), cancellationToken: Token);
        Assert.Equal([8, 8], many.Values);
        Assert.Equal("other", await other.GetAsync<string>("k", Token));

        await a.SetAsync("none", "new", cancellationToken: Token);
        Assert.Equal("new", await b.GetAsync<string>("none", Token));
    }

    [Fact]
    public async Task Many_values_that_are_created_anew_while_all_are_removed_are_old_at_once()
    {
        using var fleet = CacheFleet.Embedded();
        var cache = Join(fleet, tagNear: 0);
        foreach (var flags in (HybridCacheEntryFlags[])[HybridCacheEntryFlags.None, HybridCacheEntryFlags.DisableDistributedCacheRead])
        {
            await cache.GetOrCreateManyAsync(
                ["m1", "m2"],
                async (keys, token) =>
                {
                    await cache.RemoveByTagAsync("*", token);
                    return keys.ToDictionary(key => key, _ => "v") as IReadOnlyDictionary<string, string>;
                },
                new HybridCacheEntryOptions { Flags = flags },
                Token);
            Assert.Null(await cache.GetAsync<string>("m1", Token));
        }
    }

    [Fact]
    public async Task Tags_of_any_characters_and_lengths_are_distinct_and_meet_no_key()
    {
        using var fleet = CacheFleet.Embedded();
        var cache = Join(fleet, tagNear: 0);
        string[] tags = ["a", "A", "a b", "a%20b", "t:a", "%t:a", "缓存", new('x', 300), new string('x', 300) + "y"];
        foreach (var tag in tags)
        {
            await cache.SetAsync(tag, tag, tags: [tag], cancellationToken: Token);
        }

        for (var i = 0; i < tags.Length; i++)
        {
            Assert.Equal(tags[i], await cache.GetAsync<string>(tags[i], Token));
            await cache.RemoveByTagAsync(tags[i], Token);
            Assert.Null(await cache.GetAsync<string>(tags[i], Token));
        }
    }

    [Fact]
    public async Task More_than_32_tags_are_refused()
    {
        using var fleet = CacheFleet.Embedded();
        var cache = Join(fleet);
        string[] tags = [.. Enumerable.Range(0, 33).Select(i => $"t{i}")];
        await cache.SetAsync("k", "v", tags: tags[1..], cancellationToken: Token);
        Assert.Equal("v", await cache.GetAsync<string>("k", Token));
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await cache.SetAsync("k", "v", tags: tags, cancellationToken: Token));
        Assert.Contains("33", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_TagNear_that_makes_no_sense_is_refused()
    {
        using var fleet = CacheFleet.Embedded();
        Assert.Throws<ArgumentOutOfRangeException>(() => Join(fleet, tagNear: 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => Join(fleet, tagNear: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Join(fleet, tagNear: 100_000));
    }

    [Fact]
    public async Task A_removal_that_reaches_no_server_fails()
    {
        using var fleet = CacheFleet.Embedded();
        var pool = fleet.Join(options => (options.ConnectTimeout, options.OperationTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
        var cache = new TypedCacheHybridCache(pool);
        fleet.StopServers();
        await Assert.ThrowsAnyAsync<MemcachedException>(async () => await cache.RemoveByTagAsync("t", Token));
        Assert.Equal("v", await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), tags: ["t"], cancellationToken: Token));
    }

    private static Basket Owned(string owner) => new() { Owner = owner };

    private static ValueTask<T> Never<T>(CancellationToken token) => throw new InvalidOperationException("the value is there");

    private static TypedCacheHybridCache Join(CacheFleet fleet, double tagNear = 1) =>
        new(fleet.Join(), new TypedCacheHybridCacheOptions { TagNear = TimeSpan.FromSeconds(tagNear) });
}
