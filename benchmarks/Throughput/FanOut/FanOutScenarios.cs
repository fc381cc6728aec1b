using StackExchange.Redis;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>One caller on the thread pool who starts many gets at once and goes on when all are there. An operation is one get.</summary>
internal static class FanOutScenarios
{
    private const int Size = 100;

    public static IScenario[] All { get; } =
    [
        new Scenario("fan-out, 1 caller, Task.WhenAll of 100 gets", 200_000, bed => [Redis(bed, 100), Get(bed, 100), GetMany(bed, 100)]),
        new Scenario("fan-out, 1 caller, Task.WhenAll of 1,000 gets", 200_000, bed => [Redis(bed, 1_000), Get(bed, 1_000), GetMany(bed, 1_000)]),
    ];

    private static Contender Get(TestBed bed, int width)
    {
        var cache = bed.Cache(1, Size);
        return new("TypedCache", bed.Memcached(1), operations => Task.Run(() => GetAsync(cache, width, operations)));
    }

    private static Contender GetMany(TestBed bed, int width)
    {
        var cache = bed.Cache(1, Size);
        return new("TypedCache, one multi-get", bed.Memcached(1), operations => Task.Run(() => GetManyAsync(cache, width, operations)));
    }

    private static Contender Redis(TestBed bed, int width)
    {
        var database = bed.Redis(Size);
        return new("StackExchange.Redis on redis-server", [bed.RedisServer], operations => Task.Run(() => GetAsync(database, width, operations)));
    }

    // Each round begins on the thread pool, as a web request does, and not where the last one's replies were read.
    private static async Task GetAsync(IBenchmarkCache cache, int width, long operations)
    {
        var calls = new Task<byte[]?>[width];
        for (long done = 0; done < operations; done += width)
        {
            await Task.Yield();
            for (var i = 0; i < width; i++)
            {
                calls[i] = cache.GetAsync(Size, (int)((done + i) % Workload.Keys)).AsTask();
            }

            await Task.WhenAll(calls);
            Array.ForEach(calls, call => Workload.Check(call.Result?.Length ?? -1, Size));
        }
    }

    private static async Task GetManyAsync(IBenchmarkCache cache, int width, long operations)
    {
        int[] ids = [.. Enumerable.Range(0, width)];
        for (long done = 0; done < operations; done += width)
        {
            await Task.Yield();
            var values = await cache.GetManyAsync(Size, ids);
            Workload.Check(values.Count, width);
        }
    }

    private static async Task GetAsync(IDatabase database, int width, long operations)
    {
        var calls = new Task<RedisValue>[width];
        for (long done = 0; done < operations; done += width)
        {
            await Task.Yield();
            for (var i = 0; i < width; i++)
            {
                calls[i] = RedisWorkload.GetAsync(database, Size, done + i);
            }

            await Task.WhenAll(calls);
            Array.ForEach(calls, call => Workload.Check(((byte[]?)call.Result)?.Length ?? -1, Size));
        }
    }
}
