using TypedCache.Values;

namespace TypedCache.Tests.Near;

public sealed class NearReadTests : IDisposable
{
    private static readonly NearOptions TwoSeconds = new() { Duration = TimeSpan.FromSeconds(2), SharesValues = true };
    private static readonly NearOptions Renewed = new() { Duration = TimeSpan.FromSeconds(2), Revalidate = TimeSpan.FromMinutes(5), SharesValues = true };

    private readonly NearPools _pools = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MemcachedPool Pool => _pools.Pool;

    public void Dispose() => _pools.Dispose();

    [Fact]
    public async Task A_value_is_given_out_without_asking_until_its_time_has_passed()
    {
        await Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("v", await GetAsync());
        _pools.Forget();
        _pools.Advance(1.999);

        var near = Pool.GetAsync("k", CacheCodecs.String, TwoSeconds, Token);
        Assert.True(near.IsCompletedSuccessfully);
        Assert.Equal("v", await near);
        Assert.Empty(_pools.Asked);

        _pools.Advance(0.001);
        Assert.Equal("v", await GetAsync());
        Assert.Equal(["mg k v f t c"], _pools.Asked);
    }

    [Fact]
    public async Task Another_process_sees_a_new_value_once_the_time_has_passed()
    {
        var other = _pools.Join();
        await Pool.SetAsync("k", "old", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("old", await other.GetAsync("k", CacheCodecs.String, TwoSeconds, Token));
        await Pool.SetAsync("k", "new", CacheCodecs.String, cancellationToken: Token);

        Assert.Equal("old", await other.GetAsync("k", CacheCodecs.String, TwoSeconds, Token));
        _pools.Advance(2);
        Assert.Equal("new", await other.GetAsync("k", CacheCodecs.String, TwoSeconds, Token));
    }

    [Fact]
    public async Task The_one_object_is_shared_where_the_options_say_so()
    {
        await Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await GetAsync();

        Assert.Same(await GetAsync(), await GetAsync());
    }

    [Fact]
    public async Task Each_caller_gets_an_object_of_its_own_where_they_do_not()
    {
        var near = new NearOptions { Duration = TimeSpan.FromSeconds(2) };
        await Pool.SetAsync("k", [1, 2, 3], CacheCodecs.Bytes, cancellationToken: Token);
        var first = (await Pool.GetAsync("k", CacheCodecs.Bytes, near, Token))!;
        _pools.Forget();
        first[0] = 9;

        var second = (await Pool.GetAsync("k", CacheCodecs.Bytes, near, Token))!;
        second[1] = 9;
        Assert.Equal([1, 2, 3], await Pool.GetAsync("k", CacheCodecs.Bytes, near, Token));
        Assert.Empty(_pools.Asked);
    }

    [Fact]
    public async Task A_compressed_value_is_kept_as_it_is_stored()
    {
        var near = new NearOptions { Duration = TimeSpan.FromSeconds(2) };
        var value = new byte[100_000];
        await Pool.SetAsync("k", value, CacheCodecs.Bytes, cancellationToken: Token);
        await Pool.GetAsync("k", CacheCodecs.Bytes, near, Token);
        _pools.Forget();

        Assert.Equal(value, await Pool.GetAsync("k", CacheCodecs.Bytes, near, Token));
        Assert.Empty(_pools.Asked);
    }

    [Fact]
    public async Task A_miss_is_not_kept()
    {
        Assert.Null(await GetAsync());
        await _pools.Join().SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);

        Assert.Equal("v", await GetAsync());
    }

    [Fact]
    public async Task A_caller_who_wants_less_time_is_not_given_what_is_older()
    {
        var short_ = new NearOptions { Duration = TimeSpan.FromSeconds(1), SharesValues = true };
        var other = _pools.Join();
        await Pool.SetAsync("k", "old", CacheCodecs.String, cancellationToken: Token);
        await GetAsync();
        await other.SetAsync("k", "new", CacheCodecs.String, cancellationToken: Token);
        _pools.Advance(1);

        Assert.Equal("new", await Pool.GetAsync("k", CacheCodecs.String, short_, Token));
    }

    [Fact]
    public async Task A_value_is_not_given_out_in_the_second_in_which_it_expires()
    {
        await Pool.SetAsync("k", "v", CacheCodecs.String, CacheExpiry.FromSeconds(2), Token);
        Assert.Equal("v", await GetAsync());
        _pools.Advance(1);
        _pools.Forget();

        await GetAsync();
        Assert.Single(_pools.Asked);
    }

    [Fact]
    public async Task A_value_is_not_given_out_once_it_is_stale()
    {
        var near = new NearOptions { Duration = TimeSpan.FromSeconds(30), Stale = TimeSpan.FromSeconds(60), SharesValues = true };
        await Pool.SetAsync("k", "v", CacheCodecs.String, CacheExpiry.FromSeconds(70), Token);
        await Pool.GetAsync("k", CacheCodecs.String, near, Token);
        _pools.Advance(8.9);
        _pools.Forget();
        await Pool.GetAsync("k", CacheCodecs.String, near, Token);
        Assert.Empty(_pools.Asked);

        _pools.Advance(0.1);
        await Pool.GetAsync("k", CacheCodecs.String, near, Token);
        Assert.Single(_pools.Asked);
    }

    [Fact]
    public async Task An_invalidated_value_is_not_kept()
    {
        await Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await _pools.Join().InvalidateAsync("k", TimeSpan.FromMinutes(1), Token);
        Assert.Equal("v", await GetAsync());
        _pools.Forget();

        Assert.Equal("v", await GetAsync());
        Assert.NotEmpty(_pools.Asked);
    }

    [Fact]
    public async Task A_value_that_another_codec_has_read_is_read_anew()
    {
        await Pool.SetAsync("k", 42, CacheCodecs.Int32, cancellationToken: Token);
        Assert.Equal(42, await Pool.GetAsync("k", CacheCodecs.Int32, TwoSeconds, Token));

        Assert.Equal("42", await GetAsync());
    }

    [Fact]
    public async Task What_is_kept_is_forgotten_on_demand_and_when_the_servers_are_flushed()
    {
        await Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await GetAsync();
        Pool.ClearNear();
        _pools.Forget();
        await GetAsync();
        Assert.Single(_pools.Asked);

        await Pool.FlushAsync(cancellationToken: Token);
        Assert.Null(await GetAsync());
    }

    [Fact]
    public async Task Nothing_is_kept_where_there_is_no_room_for_it()
    {
        var pool = _pools.Join(options => options.MaxNearBytes = 0);
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await pool.GetAsync("k", CacheCodecs.String, TwoSeconds, Token);
        _pools.Forget();

        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, TwoSeconds, Token));
        Assert.Single(_pools.Asked);
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_server_that_does_not_say_how_long_it_lives()
    {
        var pool = _pools.Join(options => options.Protocol = MemcachedProtocol.Classic);
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, TwoSeconds, Token));
        _pools.Forget();

        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, TwoSeconds, Token));
        Assert.Equal(["gets k"], _pools.Asked);
    }

    [Fact]
    public async Task Values_of_a_pool_with_a_prefix_are_kept_under_their_own_keys()
    {
        var pool = _pools.Join(options => options.KeyPrefix = "a:");
        await pool.SetAsync("k", "prefixed", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("prefixed", await pool.GetAsync("k", CacheCodecs.String, TwoSeconds, Token));
        _pools.Forget();
        Assert.Equal("prefixed", await pool.GetAsync("k", CacheCodecs.String, TwoSeconds, Token));
        Assert.Empty(_pools.Asked);

        await pool.DeleteAsync("k", Token);
        Assert.Null(await pool.GetAsync("k", CacheCodecs.String, TwoSeconds, Token));
    }

    [Fact]
    public async Task Of_many_callers_one_asks()
    {
        await Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await GetAsync();
        _pools.Advance(2);
        _pools.Forget();

        var calls = Enumerable.Range(0, 100).Select(_ => GetAsync().AsTask()).ToList();
        Assert.All(await Task.WhenAll(calls), static value => Assert.Equal("v", value));

        // All have begun before the first could be answered, or were answered by what it had brought.
        Assert.Single(_pools.Asked);
    }

    [Fact]
    public async Task A_caller_who_leaves_takes_nobody_with_him()
    {
        await Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        using var leaving = new CancellationTokenSource();
        var first = Pool.GetAsync("k", CacheCodecs.String, TwoSeconds, leaving.Token).AsTask();
        var second = GetAsync().AsTask();
        await leaving.CancelAsync();

        Assert.Equal("v", await second);
        await Task.WhenAny(first);
        Assert.True(first.IsCanceled || await first == "v");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.GetAsync("k", CacheCodecs.String, TwoSeconds, leaving.Token));
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_fails_each_time_and_is_not_kept_for_ever()
    {
        await Pool.SetAsync("k", "text", CacheCodecs.String, cancellationToken: Token);

        await Assert.ThrowsAsync<CacheValueException>(async () => await Pool.GetAsync("k", CacheCodecs.Int32, TwoSeconds, Token));
        await Pool.SetAsync("k", 42, CacheCodecs.Int32, cancellationToken: Token);
        Assert.Equal(42, await Pool.GetAsync("k", CacheCodecs.Int32, TwoSeconds, Token));
    }

    [Fact]
    public async Task A_near_hit_allocates_nothing()
    {
        await Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await GetAsync();
        Read(100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Read(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var read = Pool.GetAsync("k"u8, CacheCodecs.String, TwoSeconds, CancellationToken.None);
                Assert.True(read.IsCompletedSuccessfully);
                _ = read.Result;
            }
        }
    }

    [Fact]
    public async Task A_disposed_pool_gives_out_nothing()
    {
        await Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await GetAsync();
        await Pool.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await GetAsync());
    }

    [Fact]
    public void An_invalid_key_is_refused_as_everywhere()
    {
        Assert.Throws<TypedCache.Keys.CacheKeyException>(() => Pool.GetAsync(""u8, CacheCodecs.String, Renewed, Token).AsTask().GetAwaiter().GetResult());
    }

    private ValueTask<string?> GetAsync() => Pool.GetAsync("k", CacheCodecs.String, TwoSeconds, Token);
}
