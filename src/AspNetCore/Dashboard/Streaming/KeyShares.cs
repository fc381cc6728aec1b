using System.Globalization;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Which share of the keys belongs to each server, as sample keys show it. It is found anew when the list of servers has changed.</summary>
/// <param name="pool">The pool.</param>
internal sealed class KeyShares(MemcachedPool pool)
{
    private const int KeysPerServer = 200;
    private const int FewestKeys = 2000;

    private Dictionary<MemcachedServer, int> _keys = [];
    private (long Version, ServerMovePhase Phase) _topology;
    private int _total;

    /// <summary>The share of a server, 0 to 1; null: it is not known.</summary>
    public double? this[MemcachedServer server] => _total == 0 ? null : Math.Round((double)_keys.GetValueOrDefault(server) / _total, 4);

    /// <summary>Looks whether it has to be found anew.</summary>
    public void Update()
    {
        var topology = (pool.TopologyVersion, pool.MovePhase);
        if (topology == _topology)
        {
            return;
        }

        var keys = new Dictionary<MemcachedServer, int>();
        var total = Math.Max(FewestKeys, KeysPerServer * pool.Servers.Count);
        for (var i = 0; i < total; i++)
        {
            var server = pool.FindServer(string.Create(CultureInfo.InvariantCulture, $"sample:{i}"));
            keys[server] = keys.GetValueOrDefault(server) + 1;
        }

        (_keys, _total, _topology) = (keys, total, topology);
    }
}
