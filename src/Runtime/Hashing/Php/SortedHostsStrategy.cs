namespace TypedCache.Hashing;

/// <summary>
/// Chooses among the servers as libmemcached has them after <c>MEMCACHED_BEHAVIOR_SORT_HOSTS</c>: by host, byte by byte, then by port
/// (hosts.cc, <c>compare_servers</c>).
/// </summary>
internal sealed class SortedHostsStrategy : IHashStrategy
{
    private readonly IHashStrategy _strategy;
    private readonly int[] _positions;

    /// <summary>Creates the strategy.</summary>
    /// <param name="servers">The servers in the order in which they were added.</param>
    /// <param name="function">The hash function.</param>
    /// <param name="create">Creates what chooses among the sorted ones.</param>
    public SortedHostsStrategy(IReadOnlyList<HashServer> servers, IHashFunction function, HashStrategyFactory create)
    {
        ArgumentNullException.ThrowIfNull(servers);
        _positions = new int[servers.Count];
        for (var i = 0; i < _positions.Length; i++)
        {
            _positions[i] = i;
        }

        Array.Sort(_positions, (left, right) => Compare(servers, left, right));
        var sorted = new HashServer[servers.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = servers[_positions[i]];
        }

        _strategy = create(sorted, function);
    }

    public int Find(ReadOnlySpan<byte> key) => _positions[_strategy.Find(key)];

    private static int Compare(IReadOnlyList<HashServer> servers, int left, int right)
    {
        var hosts = string.CompareOrdinal(servers[left].Host, servers[right].Host);
        var ports = servers[left].Port.CompareTo(servers[right].Port);
        return hosts != 0 ? hosts : ports != 0 ? ports : left.CompareTo(right);
    }
}
