using TypedCache.Tests.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Near;

/// <summary>Callers who block until they have their value, while all threads of the thread pool are blocked as well.</summary>
[Collection(nameof(BlocksThreadPool))]
public sealed class NearBlockedCallerTests
{
    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly NearOptions Near = new() { Duration = TimeSpan.FromMilliseconds(100), Revalidate = TimeSpan.FromHours(1), SharesValues = true };
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromHours(1), Near = Near };

    [Fact]
    public async Task No_read_of_the_near_cache_needs_a_thread_of_the_pool()
    {
        await using var pool = MemcachedPool.InMemory(configure: static options => options.OperationTimeout = options.ConnectTimeout = Patience);
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: TestContext.Current.CancellationToken);
        using var busy = new BusyThreadPool();

        var callers = Enumerable.Range(0, 8).Select(_ => new Thread(() => Read(pool))).ToList();
        callers.ForEach(static caller => caller.Start());
        Assert.All(callers, static caller => Assert.True(caller.Join(Patience)));
    }

    // Long enough for several renewals, and for creations in between.
    private static void Read(MemcachedPool pool)
    {
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal("v", pool.GetAsync("k", CacheCodecs.String, Near).AsTask().GetAwaiter().GetResult());
            Assert.Equal("v", pool.GetOrCreateAsync("k", static _ => ValueTask.FromResult("v"), CacheCodecs.String, Options).AsTask().GetAwaiter().GetResult());
            Assert.Equal($"{i}", pool.GetOrCreateAsync($"k{i}", i, static (i, _) => ValueTask.FromResult($"{i}"), CacheCodecs.String, Options).AsTask().Result);
            Thread.Sleep(10);
        }
    }
}
