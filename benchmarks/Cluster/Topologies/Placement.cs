using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Hashing;

namespace TypedCache.Benchmarks.Cluster.Topologies;

/// <summary>
/// Where keys belong with one list of servers: the product's hash strategy and failover sequence, with the homes remembered, because a
/// hundred clients ask for the same. Runs at the same time may share it.
/// </summary>
internal sealed class Placement
{
    private readonly KeySpace _keys;
    private readonly int[] _servers;
    private readonly IHashStrategy _strategy;

    // The position plus one; 0: not looked for yet. Two threads that look at once find the same.
    private readonly ushort[] _homes;

    public Placement(KeySpace keys, Contender contender, IReadOnlyList<int> servers)
    {
        _keys = keys;
        _servers = [.. servers];
        _strategy = contender.Create([.. servers.Select(ServerNames.Of)]);
        _homes = new ushort[keys.Count];
    }

    /// <summary>The servers, by their number.</summary>
    public IReadOnlyList<int> Servers => _servers;

    /// <summary>The server of a key as long as none has failed.</summary>
    public int Home(int rank)
    {
        var home = _homes[rank];
        if (home == 0)
        {
            home = (ushort)(_strategy.Find(_keys[rank]) + 1);
            _homes[rank] = home;
        }

        return _servers[home - 1];
    }

    /// <summary>A server to try after the home has failed.</summary>
    public int Candidate(int rank, int attempt) => _servers[FailoverSequence.Pecl8.FindCandidate(_strategy, _keys[rank], attempt)];
}
