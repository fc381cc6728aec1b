using System.Runtime.CompilerServices;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>The first call of a pool starts its threads. What belongs to the caller must not go with them.</summary>
public sealed class FirstCallerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly AsyncLocal<object?> Local = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_execution_context_is_not_kept_while_the_pool_lives()
    {
        await using var pool = MemcachedPool.InMemory(servers: 2);

        var local = await CallAsync(pool);
        await pool.SetAsync("next", "v", CacheCodecs.String, cancellationToken: Token);

        var collected = SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                return !local.IsAlive;
            },
            Patience);
        Assert.True(collected, "the first caller's context is kept");
        Assert.Equal("v", await pool.GetAsync("next", CacheCodecs.String, Token));
    }

    [Fact]
    public async Task A_handler_that_hears_of_a_failed_server_does_not_see_it()
    {
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { Servers = [new MemcachedServerOptions("127.0.0.1", 1)] });
        var seen = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        pool.ServerFailed += (_, _) => seen.TrySetResult(Local.Value);
        Local.Value = new object();

        await Assert.ThrowsAnyAsync<MemcachedConnectionException>(async () => await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token));

        Assert.Null(await seen.Task.WaitAsync(Patience, Token));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> CallAsync(MemcachedPool pool)
    {
        Local.Value = new object();
        var local = new WeakReference(Local.Value);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => pool.SetAsync($"k{i}", "v", CacheCodecs.String, cancellationToken: Token).AsTask()));
        return local;
    }
}
