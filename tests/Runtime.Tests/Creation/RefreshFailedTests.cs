using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>Nobody waits for a refresh in the background: its failure is an event.</summary>
public sealed class RefreshFailedTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(1), Stale = Hour };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _pool;
    private readonly List<RefreshFailedEventArgs> _heard = [];

    public RefreshFailedTests()
    {
        _pool = _fleet.Join(options => options.KeyPrefix = "shop:");
        _pool.RefreshFailed += (_, failed) =>
        {
            lock (_heard)
            {
                _heard.Add(failed);
            }
        };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_create_function_throws_is_told_with_the_key(bool isAsync)
    {
        await MakeStaleAsync("k");
        Assert.Equal("old", await _pool.GetOrCreateAsync("k", FailAsync, Text, Options, cancellationToken: Token));
        var failed = Assert.Single(await HeardAsync(1));
        Assert.Equal(("shop:k", "of the source"), (failed.Key, failed.Error.Message));

        async ValueTask<string> FailAsync(CancellationToken token)
        {
            if (isAsync)
            {
                await Task.Yield();
            }

            throw new InvalidOperationException("of the source");
        }
    }

    [Fact]
    public async Task A_value_that_the_codec_refuses_is_told()
    {
        await MakeStaleAsync("k");
        Assert.Equal("old", await _pool.GetOrCreateAsync("k", _ => ValueTask.FromResult("new"), new RefusingCodec(), Options, cancellationToken: Token));
        Assert.Equal("of the codec", Assert.Single(await HeardAsync(1)).Error.Message);
    }

    [Fact]
    public async Task Of_many_each_stale_key_is_told_and_none_that_somebody_waits_for()
    {
        await MakeStaleAsync("a");
        await MakeStaleAsync("b");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _pool.GetOrCreateManyAsync(
            ["a", "b", "missing"], 0, Key, KeyPolicy.Escape, FailManyAsync, Text, Options, cancellationToken: Token));
        Assert.Equal("of the source", failure.Message);
        Assert.Equal(["shop:a", "shop:b"], (await HeardAsync(2)).Select(failed => failed.Key).Order());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _pool.GetOrCreateAsync(
            "missing", _ => ValueTask.FromException<string>(new InvalidOperationException()), Text, Options, cancellationToken: Token));
        await MakeStaleAsync("last");
        await _pool.GetOrCreateAsync("last", _ => ValueTask.FromException<string>(new InvalidOperationException()), Text, Options, cancellationToken: Token);
        Assert.Equal("shop:last", (await HeardAsync(3))[^1].Key);
    }

    [Fact]
    public async Task A_handler_that_throws_harms_no_other()
    {
        var reported = new TaskCompletionSource<HandlerFailedEventArgs>();
        _pool.RefreshFailed += (_, _) => throw new NotSupportedException("of the handler");
        var after = new TaskCompletionSource();
        _pool.RefreshFailed += (_, _) => after.TrySetResult();
        _pool.HandlerFailed += (_, failed) => reported.TrySetResult(failed);
        await MakeStaleAsync("k");
        await _pool.GetOrCreateAsync("k", _ => ValueTask.FromException<string>(new InvalidOperationException()), Text, Options, cancellationToken: Token);
        await after.Task.WaitAsync(Hour, Token);
        var failed = await reported.Task.WaitAsync(Hour, Token);
        Assert.Equal((nameof(MemcachedPool.RefreshFailed), "of the handler"), (failed.EventName, failed.Error.Message));
    }

    [Fact]
    public async Task A_pool_that_ends_tells_of_no_refresh_that_it_cancels()
    {
        await MakeStaleAsync("k");
        var create = new GatedCreate();
        await _pool.GetOrCreateAsync("k", create.CreateAsync, Text, Options, cancellationToken: Token);
        var cancelled = await create.Started;
        _pool.Dispose();
        await Fleet.UntilAsync(() => cancelled.IsCancellationRequested && _pool.WaitingForCreation == 0);
        Assert.Empty(_heard);
    }

    private static void Key(ref CacheKeyWriter writer, int state, string key) => writer.Append(key);

    private static ValueTask<IReadOnlyDictionary<string, string>> FailManyAsync(IReadOnlyList<string> keys, CancellationToken token) =>
        throw new InvalidOperationException("of the source");

    private async Task MakeStaleAsync(string key)
    {
        await _pool.SetAsync(key, "old", Text, Hour, Token);
        await _pool.InvalidateAsync(key, Hour, Token);
    }

    private async Task<RefreshFailedEventArgs[]> HeardAsync(int count)
    {
        await Fleet.UntilAsync(() => Count() >= count);
        lock (_heard)
        {
            Assert.Equal(count, _heard.Count);
            return [.. _heard];
        }
    }

    private int Count()
    {
        lock (_heard)
        {
            return _heard.Count;
        }
    }

    private sealed class RefusingCodec : ICacheCodec<string>
    {
        public void Write(ref ValueWriter writer, string value) => throw new InvalidOperationException("of the codec");

        public string Read(in StoredValue stored) => Text.Read(stored);
    }
}
