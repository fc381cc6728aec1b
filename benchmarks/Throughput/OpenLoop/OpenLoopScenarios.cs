using StackExchange.Redis;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>Gets which start at their own times: from one thread, or each from the thread pool.</summary>
internal static class OpenLoopScenarios
{
    private const int Size = 100;
    private static readonly int[] Rates = [20_000, 50_000, 100_000, 200_000];

    public static IScenario[] All { get; } =
    [
        .. Rates.Select(rate => new OpenLoopScenario($"open loop, one thread starts {rate:N0}/s", rate, bed => [Raw(bed), Redis(bed), Get(bed)])),
        .. Rates.Select(rate => new OpenLoopScenario($"open loop, the thread pool starts {rate:N0}/s", rate, bed => [Raw(bed), RedisFromPool(bed), GetFromPool(bed)])),
    ];

    private static OpenLoopContender Raw(TestBed bed)
    {
        var servers = bed.Memcached(1, Size);
        return new("raw socket, one thread sends, one reads", servers, log =>
        {
            var raw = RawPipeline.Get(servers[0].Port, Size);
            new Thread(() => Read(raw, log)) { IsBackground = true, Name = "open loop reader" }.Start();
            return (_, count) => raw.Ask(count);
        });
    }

    private static void Read(RawPipeline raw, LatencyLog log)
    {
        using (raw)
        {
            for (var answered = 0; answered < log.Operations;)
            {
                for (var last = answered + raw.Take(); answered < last; answered++)
                {
                    log.Complete(answered);
                }
            }
        }
    }

    private static OpenLoopContender Redis(TestBed bed)
    {
        var database = bed.Redis(Size);
        return new("StackExchange.Redis on redis-server", [bed.RedisServer], log => (first, count) =>
        {
            for (var operation = first; operation < first + count; operation++)
            {
                _ = GetAsync(database, log, operation);
            }
        });
    }

    private static OpenLoopContender RedisFromPool(TestBed bed)
    {
        var database = bed.Redis(Size);
        return new("StackExchange.Redis on redis-server", [bed.RedisServer], log => (first, count) =>
        {
            for (var operation = first; operation < first + count; operation++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static call => _ = GetAsync(call.database, call.log, call.operation), (database, log, operation), preferLocal: false);
            }
        });
    }

    public static OpenLoopContender Get(TestBed bed)
    {
        var cache = bed.Cache(1, Size);
        return new("TypedCache", bed.Memcached(1), log => (first, count) =>
        {
            for (var operation = first; operation < first + count; operation++)
            {
                _ = GetAsync(cache, log, operation);
            }
        });
    }

    private static OpenLoopContender GetFromPool(TestBed bed)
    {
        var cache = bed.Cache(1, Size);
        return new("TypedCache", bed.Memcached(1), log => (first, count) =>
        {
            for (var operation = first; operation < first + count; operation++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static call => _ = GetAsync(call.cache, call.log, call.operation), (cache, log, operation), preferLocal: false);
            }
        });
    }

    private static async Task GetAsync(IBenchmarkCache cache, LatencyLog log, int operation)
    {
        try
        {
            var value = await cache.GetAsync(Size, operation % Workload.Keys);
            Workload.Check(value?.Length ?? -1, Size);
            log.Complete(operation);
        }
        catch (Exception exception)
        {
            log.Fail(operation, exception);
        }
    }

    private static async Task GetAsync(IDatabase database, LatencyLog log, int operation)
    {
        try
        {
            byte[]? value = await RedisWorkload.GetAsync(database, Size, operation);
            Workload.Check(value?.Length ?? -1, Size);
            log.Complete(operation);
        }
        catch (Exception exception)
        {
            log.Fail(operation, exception);
        }
    }
}
