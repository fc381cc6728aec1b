using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using TypedCache.Tests.Transport;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>The methods that block need no thread of the thread pool, all of which may be blocked in them.</summary>
[Collection(nameof(BlocksThreadPool))]
public sealed class BlockedThreadPoolTests
{
    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public void Every_method_that_blocks_ends_while_the_thread_pool_is_exhausted(MemcachedProtocol protocol)
    {
        // Its servers need no thread of the pool either.
        using var pool = MemcachedPool.InMemory(2, options => (options.Protocol, options.OperationTimeout) = (protocol, SharedServers.Patience));
        var cache = new TypedCacheDistributedCache(pool);
        using var busy = new BusyThreadPool();
        var done = new ManualResetEventSlim();
        Exception? failure = null;
        var caller = new Thread(() =>
        {
            failure = Record.Exception(() => UseAll(cache));
            done.Set();
        });
        caller.Start();

        Assert.True(done.Wait(SharedServers.Patience, TestContext.Current.CancellationToken), "a blocked call waited for the thread pool");
        Assert.Null(failure);
    }

    private static void UseAll(TypedCacheDistributedCache cache)
    {
        var sliding = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };
        for (var i = 0; i < 20; i++)
        {
            var key = $"k{i}";
            cache.Set(key, [1, 2], sliding);
            Assert.Equal([1, 2], cache.Get(key));
            cache.Refresh(key);
            cache.Set(key, new ReadOnlySequence<byte>(new byte[200_000]), sliding);
            var buffer = new ArrayBufferWriter<byte>();
            Assert.True(cache.TryGet(key, buffer));
            Assert.Equal(200_000, buffer.WrittenCount);
            cache.Set(key, new byte[2_000_000], sliding);
            Assert.Null(cache.Get(key));
            cache.Remove(key);
        }
    }
}
