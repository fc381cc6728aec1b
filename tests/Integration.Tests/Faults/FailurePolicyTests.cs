using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>What reads and writes do when no server can take them.</summary>
public sealed class FailurePolicyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_of_an_unreachable_server_become_misses_where_the_pool_says_so()
    {
        await using var pool = FaultPool.Connect([LoopbackPort.Free()], options => options.OnServerFailure = ServerFailurePolicy.Miss);
        await AssertMissesAsync(pool);

        // The second time the server is known to have failed.
        Assert.Equal(ServerState.Failed, pool.Servers[0].State);
        await AssertMissesAsync(pool);
    }

    [Fact]
    public async Task Reads_of_a_server_which_hangs_become_misses_where_the_pool_says_so()
    {
        using var server = new ScriptedServer((_, _) => Task.CompletedTask);
        await using var pool = FaultPool.Connect(server, options =>
        {
            options.OnServerFailure = ServerFailurePolicy.Miss;
            options.OperationTimeout = TimeSpan.FromMilliseconds(200);
        });
        await AssertMissesAsync(pool);
    }

    [Fact]
    public async Task Reads_of_a_server_which_hangs_up_become_misses_where_the_pool_says_so()
    {
        using var server = new ScriptedServer((connection, _) =>
        {
            connection.Dispose();
            return Task.CompletedTask;
        });
        await using var pool = FaultPool.Connect(server, options => options.OnServerFailure = ServerFailurePolicy.Miss);
        await AssertMissesAsync(pool);
    }

    [Fact]
    public async Task Writes_to_an_unreachable_server_fail_whatever_the_policy_for_reads()
    {
        await using var pool = FaultPool.Connect([LoopbackPort.Free()], options => options.OnServerFailure = ServerFailurePolicy.Miss);

        await FailsAsync(() => pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token).AsTask());
        await FailsAsync(() => pool.AddAsync("k", "v", CacheCodecs.String, cancellationToken: Token).AsTask());
        await FailsAsync(() => pool.CompareAndSetAsync("k", "v", 1, CacheCodecs.String, cancellationToken: Token).AsTask());
        await FailsAsync(() => pool.TouchAsync("k", CacheExpiry.Never, Token).AsTask());
        await FailsAsync(() => pool.DeleteAsync("k", Token).AsTask());
        await FailsAsync(() => pool.DeleteManyAsync(["k", "l"], Token).AsTask());
        await FailsAsync(() => pool.TouchManyAsync(["k", "l"], CacheExpiry.Never, Token).AsTask());
        await FailsAsync(() => pool.SetManyAsync([new("k", "v"), new("l", "v")], CacheCodecs.String, cancellationToken: Token).AsTask());
        await FailsAsync(() => pool.AddManyAsync([new("k", "v"), new("l", "v")], CacheCodecs.String, cancellationToken: Token).AsTask());
        await FailsAsync(() => pool.CompareAndSetManyAsync([new("k", new("v", 1)), new("l", new("v", 1))], CacheCodecs.String, cancellationToken: Token).AsTask());
        await FailsAsync(() => pool.IncrementAsync("k", 1, 1, cancellationToken: Token).AsTask());
        await FailsAsync(() => pool.IncrementAsync("k", 1, Token).AsTask());
    }

    [Fact]
    public async Task Reads_of_an_unreachable_server_fail_by_default()
    {
        await using var pool = FaultPool.Connect([LoopbackPort.Free()]);
        for (var i = 0; i < 2; i++)
        {
            await FailsAsync(() => pool.GetAsync("k", CacheCodecs.String, Token).AsTask());
            await FailsAsync(() => pool.ExistsAsync("k", Token).AsTask());
            await FailsAsync(() => pool.GetManyAsync(["a", "b"], CacheCodecs.String, Token).AsTask());
            await FailsAsync(() => pool.GetManyValuesAsync(["a", "b"], CacheCodecs.String, Token).AsTask());
            await FailsAsync(() => pool.ExistsManyAsync(["a", "b"], Token).AsTask());
        }
    }

    private static async Task AssertMissesAsync(MemcachedPool pool)
    {
        Assert.Null(await pool.GetAsync("k", CacheCodecs.String, Token).AsTask().WaitAsync(FaultPool.Patience, Token));
        Assert.Equal(CacheValue<int>.Miss, await pool.GetValueAsync("k", CacheCodecs.Int32, Token).AsTask().WaitAsync(FaultPool.Patience, Token));
        Assert.Null(await pool.GetAndTouchAsync("k", CacheCodecs.String, CacheExpiry.Never, Token).AsTask().WaitAsync(FaultPool.Patience, Token));
        Assert.False(await pool.ExistsAsync("k", Token).AsTask().WaitAsync(FaultPool.Patience, Token));
        Assert.Empty(await pool.GetManyAsync(["a", "b"], CacheCodecs.String, Token).AsTask().WaitAsync(FaultPool.Patience, Token));
        Assert.Empty(await pool.GetManyValuesAsync(["a", "b"], CacheCodecs.String, Token).AsTask().WaitAsync(FaultPool.Patience, Token));
        Assert.Empty(await pool.ExistsManyAsync(["a", "b"], Token).AsTask().WaitAsync(FaultPool.Patience, Token));
    }

    private static async Task FailsAsync(Func<Task> operation) =>
        await Assert.ThrowsAnyAsync<MemcachedConnectionException>(() => operation().WaitAsync(FaultPool.Patience, Token));
}
