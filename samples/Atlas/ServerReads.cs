using System.Globalization;
using TypedCache;

namespace Atlas;

/// <summary>How many reads the servers have been asked for, as they count themselves.</summary>
internal sealed class ServerReads(MemcachedPool pool, CancellationToken cancellationToken)
{
    /// <summary>The reads of all servers so far.</summary>
    public async Task<long> CountAsync()
    {
        var replies = await pool.GetStatsAsync(cancellationToken: cancellationToken);
        return replies.Sum(reply => long.Parse(reply.Value?.GetValueOrDefault("cmd_get") ?? "0", CultureInfo.InvariantCulture));
    }
}
