using StackExchange.Redis;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>The work of <see cref="Workload"/>, done with StackExchange.Redis.</summary>
internal static class RedisWorkload
{
    public static async Task GetAsync(IDatabase database, int size, int caller, long operations)
    {
        for (long i = 0; i < operations; i++)
        {
            byte[]? value = await GetAsync(database, size, caller + i);
            Workload.Check(value?.Length ?? -1, size);
        }
    }

    /// <summary>The same with a hand-over to the thread pool after each call.</summary>
    public static async Task GetAndHopAsync(IDatabase database, int size, int caller, long operations)
    {
        for (long i = 0; i < operations; i++)
        {
            byte[]? value = await GetAsync(database, size, caller + i);
            await Task.Yield();
            Workload.Check(value?.Length ?? -1, size);
        }
    }

    public static Task<RedisValue> GetAsync(IDatabase database, int size, long operation) =>
        database.StringGetAsync($"bench:{size}:{operation % Workload.Keys}");
}
