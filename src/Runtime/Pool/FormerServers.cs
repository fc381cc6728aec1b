namespace TypedCache.Pool;

/// <summary>
/// What servers that have been removed had missed: one that is added again at the same place may come back with its memory. The last ones
/// are kept.
/// </summary>
internal sealed class FormerServers
{
    private const int MaxServers = 16;

    private readonly List<MemcachedServer> _servers = [];

    /// <summary>A server is removed.</summary>
    public void Add(MemcachedServer server)
    {
        if (_servers.Count == MaxServers)
        {
            _servers.RemoveAt(0);
        }

        _servers.Add(server);
    }

    /// <summary>What the server that was last removed from a place has missed; null: there was none.</summary>
    public MissedDeletes? Take(MemcachedServerOptions place)
    {
        var at = _servers.FindLastIndex(server => server.Host == place.Host && server.Port == place.Port);
        if (at < 0)
        {
            return null;
        }

        var missed = _servers[at].Missed;
        _servers.RemoveAt(at);
        return missed;
    }
}
