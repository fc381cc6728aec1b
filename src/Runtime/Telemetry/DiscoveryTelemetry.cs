using System.Globalization;

namespace TypedCache.Telemetry;

/// <summary>The source of a pool's servers in logs.</summary>
/// <param name="pool">The pool.</param>
/// <param name="source">The source's name.</param>
/// <param name="time">The clock.</param>
internal sealed class DiscoveryTelemetry(PoolTelemetry pool, string source, TimeProvider time)
{
    private readonly OncePerMinute _failed = new(time);
    private readonly OncePerMinute _ignored = new(time);
    private long _failedAt;

    /// <summary>It has named other servers.</summary>
    /// <param name="servers">How many.</param>
    /// <param name="version">The number of the list.</param>
    public void Named(int servers, long? version)
    {
        var shown = version?.ToString(CultureInfo.InvariantCulture) ?? "none";
        pool.Log(log => LogMessages.ServersDiscovered(log, source, servers, shown));
    }

    /// <summary>It named none that can be used.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="hasServers">Whether the pool has others.</param>
    public void Failed(Exception failure, bool hasServers)
    {
        Interlocked.CompareExchange(ref _failedAt, pool.Now, comparand: 0);
        if (_failed.IsDue(template: null))
        {
            var consequence = hasServers ? "The pool goes on with the servers that it has." : "The pool has no servers yet.";
            pool.Log(log => LogMessages.DiscoveryFailed(log, source, failure.Message, consequence));
        }
    }

    /// <summary>It named a list that is out of date, or another one under the number of the last one.</summary>
    public void Ignored(long version, long newest)
    {
        if (_ignored.IsDue(template: null))
        {
            pool.Log(log => LogMessages.ListIgnored(log, source, version, newest));
        }
    }

    /// <summary>It names servers again.</summary>
    public void IsBack()
    {
        var duration = pool.Since(Interlocked.Exchange(ref _failedAt, 0));
        pool.Log(log => LogMessages.DiscoveryIsBack(log, source, duration));
    }
}
