using TypedCache.Values;

namespace TypedCache.Tests.Transport;

/// <summary>Counts timers of the whole process, so it runs alone.</summary>
[Collection(nameof(HeartbeatTests))]
[CollectionDefinition(nameof(HeartbeatTests), DisableParallelization = true)]
public class HeartbeatTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operations_have_no_timers_and_an_idle_pool_has_none_at_all()
    {
        var before = Timer.ActiveCount;
        await using var pool = MemcachedPool.InMemory(servers: 3);
        await pool.GetVersionsAsync(Token);
        await UntilAsync(() => Timer.ActiveCount <= before);

        var most = 0L;
        for (var round = 0; round < 20; round++)
        {
            Task[] operations = [.. Enumerable.Range(0, 1000).Select(i => pool.SetAsync($"k{i}", "v", CacheCodecs.String, cancellationToken: Token).AsTask())];
            most = Math.Max(most, Timer.ActiveCount);
            await Task.WhenAll(operations);
        }

        Assert.InRange(most, 0, before + 2);
        await UntilAsync(() => Timer.ActiveCount <= before);
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !reached();)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), $"{Timer.ActiveCount} timers are active");
            Thread.Sleep(5);
            await Task.Yield();
        }
    }
}
