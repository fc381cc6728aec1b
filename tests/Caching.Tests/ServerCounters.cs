using System.Globalization;

namespace TypedCache.Caching.Tests;

/// <summary>What the servers of a pool have counted.</summary>
public static class ServerCounters
{
    /// <summary>The sum of a statistic over all servers.</summary>
    public static async Task<long> CountAsync(this MemcachedPool pool, string name)
    {
        var sum = 0L;
        foreach (var reply in await pool.GetStatsAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            sum += long.Parse(reply.Value![name], CultureInfo.InvariantCulture);
        }

        return sum;
    }
}
