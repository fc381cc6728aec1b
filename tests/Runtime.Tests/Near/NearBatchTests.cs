using TypedCache.Values;

namespace TypedCache.Tests.Near;

public sealed class NearBatchTests : IDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly NearOptions TwoSeconds = new() { Duration = TimeSpan.FromSeconds(2), SharesValues = true };
    private static readonly NearOptions Bytes = new() { Duration = TimeSpan.FromSeconds(2) };

    private readonly NearPools _pools = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MemcachedPool Pool => _pools.Pool;

    public void Dispose() => _pools.Dispose();

    [Fact]
    public async Task Only_what_is_not_near_is_asked_for()
    {
        await Pool.SetManyAsync(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2", ["c"] = "3" }, Text, cancellationToken: Token);
        Assert.Equal(2, (await GetAsync("a", "b")).Count);
        _pools.Forget();
        Assert.Equal("2", (await GetAsync("b", "a", "b"))["b"]);
        Assert.Empty(_pools.Asked);

        var all = await GetAsync("a", "b", "c", "missing");
        Assert.Equal(["1", "2", "3"], all.OrderBy(static pair => pair.Key).Select(static pair => pair.Value));
        Assert.Equal(["mg c v f t c", "mg missing v f t c"], _pools.Asked);
        Assert.Equal("3", await Pool.GetAsync("c", Text, TwoSeconds, Token));
        Assert.Equal(2, _pools.Asked.Count);
    }

    [Fact]
    public async Task What_has_not_changed_stays_the_same_object()
    {
        await Pool.SetAsync("a", "1", Text, cancellationToken: Token);
        var first = (await GetAsync("a"))["a"];
        _pools.Advance(2);

        Assert.Same(first, (await GetAsync("a"))["a"]);
        _pools.Forget();
        Assert.Same(first, (await GetAsync("a"))["a"]);
        Assert.Empty(_pools.Asked);
    }

    [Fact]
    public async Task Each_caller_gets_bytes_of_its_own()
    {
        await Pool.SetAsync("a", [1, 2, 3], CacheCodecs.Bytes, cancellationToken: Token);
        var first = (await Pool.GetManyAsync(["a"], CacheCodecs.Bytes, Bytes, Token))["a"];
        first[0] = 9;
        _pools.Forget();

        Assert.Equal([1, 2, 3], (await Pool.GetManyAsync(["a"], CacheCodecs.Bytes, Bytes, Token))["a"]);
        Assert.Empty(_pools.Asked);
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_is_told_and_not_kept()
    {
        await Pool.SetAsync("a", "text", Text, cancellationToken: Token);
        for (var i = 0; i < 2; i++)
        {
            var values = await Pool.GetManyAsync(["a"], CacheCodecs.Int32, new NearOptions { Duration = TimeSpan.FromSeconds(2), SharesValues = true }, Token);
            Assert.Empty(values);
            Assert.Equal("a", Assert.Single(values.Unreadable).Key);
        }
    }

    [Fact]
    public async Task An_empty_value_is_a_value_and_the_placeholder_of_a_creation_is_none()
    {
        await Pool.SetAsync("empty", "", Text, cancellationToken: Token);
        var creation = new TaskCompletionSource<string>();
        var other = _pools.Join();
        var created = other.GetOrCreateAsync("placeholder", async _ => await creation.Task, Text, GetOrCreateOptions.Default, cancellationToken: Token).AsTask();
        while (!_pools.Asked.Any(static line => line.StartsWith("mg placeholder", StringComparison.Ordinal)))
        {
            await Task.Delay(1, Token);
        }

        Assert.Equal(["empty"], (await GetAsync("empty", "placeholder")).Keys);
        creation.SetResult("v");
        await created;
        Assert.Equal("v", (await GetAsync("empty", "placeholder"))["placeholder"]);
    }

    [Fact]
    public async Task Stale_values_are_given_out_and_not_kept_and_their_leases_go_back()
    {
        await Pool.SetAsync("a", "1", Text, cancellationToken: Token);
        await Pool.InvalidateAsync("a", TimeSpan.FromMinutes(1), Token);
        Assert.Equal("1", (await GetAsync("a"))["a"]);
        _pools.Forget();
        Assert.Equal("1", (await GetAsync("a"))["a"]);
        Assert.NotEmpty(_pools.Asked);

        // Whoever asks for the refresh still wins it.
        var options = new GetOrCreateOptions { Stale = TimeSpan.FromMinutes(1) };
        var refreshed = false;
        for (var i = 0; i < 1000 && !refreshed; i++)
        {
            refreshed = await Pool.GetOrCreateAsync("a", static _ => ValueTask.FromResult("2"), Text, options, cancellationToken: Token) == "2";
            await Task.Delay(1, Token);
        }

        Assert.True(refreshed);
    }

    [Fact]
    public async Task A_set_of_entries_uses_the_options_that_it_has()
    {
        var set = new CacheEntrySet<string, string>(
            Pool, static (ref TypedCache.Keys.CacheKeyWriter writer, string key) => writer.AppendWhole(key), TypedCache.Keys.KeyPolicy.Reject, Text, options: new GetOrCreateOptions { Near = TwoSeconds });
        await set.SetManyAsync(new Dictionary<string, string> { ["a"] = "1" }, cancellationToken: Token);
        await set.GetManyAsync(["a"], Token);
        _pools.Forget();

        Assert.Equal("1", (await set.GetManyAsync(["a"], Token))["a"]);
        Assert.Equal("1", await set["a"].GetAsync(Token));
        Assert.Empty(_pools.Asked);
    }

    private ValueTask<CacheValues<string, string>> GetAsync(params string[] keys) => Pool.GetManyAsync(keys, Text, TwoSeconds, Token);
}
