using TypedCache.Values;

namespace TypedCache.Tests.Creation;

[CollectionDefinition(nameof(CountsAllocations), DisableParallelization = true)]
public sealed class CountsAllocations;

[Collection(nameof(CountsAllocations))]
public class CreationAllocationTests
{
    private const int Calls = 2000;

    private static readonly GetOrCreateOptions Options = new() { Stale = TimeSpan.FromMinutes(1), Expires = TimeSpan.FromMinutes(10), FailSafe = TimeSpan.FromSeconds(10) };

    // Allocations on all threads count: the reply comes on the connection's own.
    [Fact]
    public async Task A_hit_allocates_the_value_and_nothing_else()
    {
        await using var pool = MemcachedPool.InMemory();
        var value = new byte[100];
        await pool.GetOrCreateAsync("k", 0, (_, _) => ValueTask.FromResult(value), CacheCodecs.Bytes, Options, cancellationToken: TestContext.Current.CancellationToken);
        await pool.SetAsync("n", 7, CacheCodecs.Int32, cancellationToken: TestContext.Current.CancellationToken);
        var ofValue = Cost(() => GC.KeepAlive(new byte[100]));

        Assert.InRange(await CostAsync(() => Read(pool, "k"u8, CacheCodecs.Bytes)), ofValue, ofValue + 2);
        Assert.InRange(await CostAsync(() => Read(pool, "n"u8, CacheCodecs.Int32)), 0, 2);
    }

    private static ValueTask<T> Read<T>(MemcachedPool pool, ReadOnlySpan<byte> key, ICacheCodec<T> codec) =>
        pool.GetOrCreateAsync<int, T>(key, 0, static (_, _) => throw new InvalidOperationException("it is there"), codec, Options);

    private static double Cost(Action call)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Calls;
    }

    // The least of several rounds: the runtime allocates now and then, too.
    private static async Task<double> CostAsync<T>(Func<ValueTask<T>> call)
    {
        var least = double.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Calls; i++)
            {
                await call();
            }

            least = Math.Min(least, (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Calls);
        }

        return least;
    }
}
