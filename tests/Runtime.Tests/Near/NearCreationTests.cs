using TypedCache.Values;

namespace TypedCache.Tests.Near;

public sealed class NearCreationTests : IDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;

    private static readonly GetOrCreateOptions Options = new()
    {
        Expires = CacheExpiry.FromSeconds(100),
        Stale = TimeSpan.FromSeconds(50),
        Near = new() { Duration = TimeSpan.FromSeconds(2), Revalidate = TimeSpan.FromMinutes(5), SharesValues = true },
    };

    private readonly NearPools _pools = new();
    private int _created;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _pools.Dispose();

    [Fact]
    public async Task A_created_value_is_kept_once_it_has_been_read()
    {
        Assert.Equal("v1", await GetOrCreateAsync());
        Assert.Equal("v1", await GetOrCreateAsync());
        _pools.Forget();

        var near = GetOrCreateAsync();
        Assert.True(near.IsCompletedSuccessfully);
        Assert.Equal("v1", await near);
        Assert.Empty(_pools.Asked);
        Assert.Equal(1, _created);
    }

    [Fact]
    public async Task A_stale_value_is_not_given_out_from_near_and_is_refreshed_once()
    {
        await GetOrCreateAsync();
        await GetOrCreateAsync();
        _pools.Advance(98.5);
        Assert.Equal("v1", await GetOrCreateAsync());
        Assert.Equal(1, _created);
        _pools.Advance(3);

        Assert.Equal("v1", await GetOrCreateAsync());
        await UntilAsync(async () => await GetOrCreateAsync() == "v2");
        Assert.Equal(2, _created);
    }

    [Fact]
    public async Task What_another_process_invalidates_is_refreshed_once_the_time_has_passed()
    {
        await GetOrCreateAsync();
        await GetOrCreateAsync();
        await _pools.Join().InvalidateAsync("k", TimeSpan.FromSeconds(50), Token);
        Assert.Equal("v1", await GetOrCreateAsync());
        Assert.Equal(1, _created);
        _pools.Advance(2);

        Assert.Equal("v1", await GetOrCreateAsync());
        await UntilAsync(async () => await GetOrCreateAsync() == "v2");
        Assert.Equal(2, _created);
    }

    [Fact]
    public async Task What_this_process_invalidates_is_refreshed_at_once()
    {
        await GetOrCreateAsync();
        await GetOrCreateAsync();
        await _pools.Pool.InvalidateAsync("k", TimeSpan.FromSeconds(50), Token);

        Assert.Equal("v1", await GetOrCreateAsync());
        await UntilAsync(async () => await GetOrCreateAsync() == "v2");
    }

    [Fact]
    public async Task What_another_process_removes_is_created_once_the_time_has_passed()
    {
        await GetOrCreateAsync();
        await GetOrCreateAsync();
        await _pools.Join().DeleteAsync("k", Token);
        Assert.Equal("v1", await GetOrCreateAsync());
        _pools.Advance(2);

        Assert.Equal("v2", await GetOrCreateAsync());
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_is_created_anew()
    {
        await _pools.Pool.SetAsync("k", "text", Text, cancellationToken: Token);
        var options = new GetOrCreateOptions { Near = new() { Duration = TimeSpan.FromSeconds(2), SharesValues = true } };

        Assert.Equal(42, await _pools.Pool.GetOrCreateAsync("k", static _ => ValueTask.FromResult(42), CacheCodecs.Int32, options, cancellationToken: Token));
        Assert.Equal(42, await _pools.Pool.GetAsync("k", CacheCodecs.Int32, Token));
    }

    [Fact]
    public async Task Without_a_server_the_value_is_created_all_the_same()
    {
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { Servers = { new MemcachedServerOptions("127.0.0.1", 1) } });

        Assert.Equal("v1", await pool.GetOrCreateAsync("k", CreateAsync, Text, Options, cancellationToken: Token));
    }

    [Fact]
    public async Task A_failing_create_function_fails_its_callers_and_keeps_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await _pools.Pool.GetOrCreateAsync<string>("k", static _ => throw new InvalidOperationException(), Text, Options, cancellationToken: Token));

        Assert.Equal("v1", await GetOrCreateAsync());
    }

    [Fact]
    public async Task Many_are_asked_for_only_where_they_are_not_near()
    {
        Assert.Equal(["v1", "v2"], (await GetOrCreateManyAsync("a", "b")).OrderBy(static pair => pair.Key).Select(static pair => pair.Value));
        await GetOrCreateManyAsync("a", "b");
        _pools.Forget();
        Assert.Equal(2, (await GetOrCreateManyAsync("a", "b", "a")).Count);
        Assert.Empty(_pools.Asked);

        Assert.Equal("v3", (await GetOrCreateManyAsync("a", "b", "c"))["c"]);
        Assert.DoesNotContain(_pools.Asked, static line => line.StartsWith("mg a", StringComparison.Ordinal));
        Assert.Equal("v1", await _pools.Pool.GetOrCreateAsync("a", CreateAsync, Text, Options, cancellationToken: Token));
        Assert.DoesNotContain(_pools.Asked, static line => line.StartsWith("mg a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_entry_uses_the_options_that_it_has()
    {
        var entry = new CacheEntry<string>(_pools.Pool, "k"u8, Text, options: Options);
        await entry.SetAsync("v", cancellationToken: Token);
        await entry.GetAsync(Token);
        _pools.Forget();

        Assert.Equal("v", await entry.GetAsync(Token));
        Assert.Equal("v", await entry.GetOrCreateAsync(CreateAsync, cancellationToken: Token));
        Assert.Empty(_pools.Asked);
        Assert.Equal("v", (await entry.GetValueAsync(Token)).Value);
        Assert.Single(_pools.Asked);
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !await reached();)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30));
            await Task.Delay(1, Token);
        }
    }

    private ValueTask<string> GetOrCreateAsync() => _pools.Pool.GetOrCreateAsync("k", CreateAsync, Text, Options, cancellationToken: Token);

    private ValueTask<Dictionary<string, string>> GetOrCreateManyAsync(params string[] keys) => _pools.Pool.GetOrCreateManyAsync(
        keys,
        0,
        TypedCache.Tests.Pool.SpareWrite.WholeKey,
        TypedCache.Keys.KeyPolicy.Reject,
        (missing, _) => ValueTask.FromResult<IReadOnlyDictionary<string, string>>(missing.ToDictionary(static key => key, _ => $"v{Interlocked.Increment(ref _created)}")),
        Text,
        Options,
        cancellationToken: Token);

    private ValueTask<string> CreateAsync(CancellationToken token) => ValueTask.FromResult($"v{Interlocked.Increment(ref _created)}");
}
