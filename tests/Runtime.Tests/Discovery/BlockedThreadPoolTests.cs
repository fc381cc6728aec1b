using System.Net;
using TypedCache.Tests.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Discovery;

/// <summary>An application that blocks all threads of the pool gets its servers all the same.</summary>
[Collection(nameof(BlocksThreadPool))]
public sealed class BlockedThreadPoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void The_first_list_needs_no_thread_of_the_pool()
    {
        var value = "";
        using (new BusyThreadPool())
        {
            using var pool = MemcachedPool.InMemory(new MemcachedPoolOptions
            {
                Discovery = ServerDiscovery.Resolve("cache", null, static _ => [IPAddress.Loopback]),
                ConnectTimeout = TimeSpan.FromMinutes(2),
                OperationTimeout = TimeSpan.FromMinutes(2),
            });
            var caller = new Thread(() =>
            {
                pool.SetAsync("k", "v", CacheCodecs.String).AsTask().GetAwaiter().GetResult();
                value = pool.GetAsync("k", CacheCodecs.String).AsTask().GetAwaiter().GetResult();
            })
            { IsBackground = true };
            caller.Start();
            Assert.True(caller.Join(Patience), "the caller waits for ever");
        }

        Assert.Equal("v", value);
    }
}
