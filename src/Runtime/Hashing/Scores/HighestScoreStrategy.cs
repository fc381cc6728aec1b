namespace TypedCache.Hashing;

/// <summary>Each server gives a key a score, and the highest one has it.</summary>
internal abstract class HighestScoreStrategy : IReducibleStrategy
{
    /// <summary>The room for keys that hardly any exceeds.</summary>
    protected const int StackSize = 1024;

    private readonly int[] _order;

    /// <summary>Creates the strategy.</summary>
    /// <param name="servers">The servers.</param>
    /// <exception cref="ArgumentException">The list is empty, or a server is not valid.</exception>
    protected HighestScoreStrategy(IReadOnlyList<HashServer> servers)
    {
        HashServer.CheckedTotalWeight(servers);
        _order = new int[servers.Count];
        for (var server = 0; server < _order.Length; server++)
        {
            _order[server] = server;
        }
    }

    public int Find(ReadOnlySpan<byte> key) => _order.Length == 1 ? 0 : FindWithout(key, without: default);

    public abstract int FindWithout(ReadOnlySpan<byte> key, ReadOnlySpan<int> without);

    /// <summary>Says which of equal scores counts, where it is not that of the server which comes first.</summary>
    protected void Sort(Comparison<int> comparison) => Array.Sort(_order, comparison);

    /// <summary>Compares the scores of the servers.</summary>
    /// <param name="key">The key as <see cref="Score"/> takes it.</param>
    /// <param name="buffer">Memory for <see cref="Score"/>.</param>
    /// <param name="without">The positions of servers that are left out.</param>
    /// <returns>The position of the server; -1 where none is left.</returns>
    protected int FindHighest(ReadOnlySpan<byte> key, Span<byte> buffer, ReadOnlySpan<int> without)
    {
        var (found, highest) = (-1, 0u);
        foreach (var server in _order)
        {
            if (without.Contains(server))
            {
                continue;
            }

            var score = Score(server, key, buffer);
            if (found < 0 || score > highest)
            {
                (found, highest) = (server, score);
            }
        }

        return found;
    }

    /// <summary>The score of a server.</summary>
    protected abstract uint Score(int server, ReadOnlySpan<byte> key, Span<byte> buffer);
}
