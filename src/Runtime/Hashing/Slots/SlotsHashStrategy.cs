namespace TypedCache.Hashing;

/// <summary>The remainder of the hash divided by the number of slots, of which a server has one, or one per unit of weight.</summary>
internal sealed class SlotsHashStrategy : IHashedStrategy, IReducibleStrategy
{
    private readonly IHashFunction _function;
    private readonly int[] _slots;

    private SlotsHashStrategy(IHashFunction function, int[] slots)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
        _slots = slots;
    }

    /// <summary>One slot per server; weights are ignored (libmemcached, hash.cc).</summary>
    /// <exception cref="ArgumentException">The list is empty, or a server is not valid.</exception>
    public static SlotsHashStrategy Unweighted(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        HashServer.CheckedTotalWeight(servers);
        return new SlotsHashStrategy(function, OrderOf(servers));
    }

    /// <summary>One slot per unit of weight.</summary>
    /// <exception cref="ArgumentException">The list is empty, or a server is not valid.</exception>
    public static SlotsHashStrategy Weighted(IReadOnlyList<HashServer> servers, IHashFunction function) =>
        new(function, SlotsOf(servers, HashServer.CheckedTotalWeight(servers), OrderOf(servers)));

    /// <summary>One slot per unit of weight, the servers sorted by their names: a shorter one first, then byte by byte.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="function">The hash function of the keys.</param>
    /// <param name="nameOf">Gives their names, of which <see cref="HashServer.HashName"/> may be one.</param>
    /// <exception cref="ArgumentException">The list is empty, or a server is not valid.</exception>
    public static SlotsHashStrategy Sorted(IReadOnlyList<HashServer> servers, IHashFunction function, Func<HashServer, byte[]> nameOf)
    {
        var total = HashServer.CheckedTotalWeight(servers, takesNames: true);
        var names = new byte[servers.Count][];
        for (var server = 0; server < names.Length; server++)
        {
            names[server] = nameOf(servers[server]);
        }

        var order = OrderOf(servers);
        Array.Sort(order, (left, right) => Compare(names, left, right));
        return new SlotsHashStrategy(function, SlotsOf(servers, total, order));
    }

    public int Find(ReadOnlySpan<byte> key) => _slots.Length == 1 ? _slots[0] : FindByHash(_function.Hash(key));

    public uint Hash(ReadOnlySpan<byte> bytes) => _function.Hash(bytes);

    public int FindByHash(uint hash) => _slots[hash % (uint)_slots.Length];

    public int FindWithout(ReadOnlySpan<byte> key, ReadOnlySpan<int> without)
    {
        var left = 0u;
        foreach (var server in _slots)
        {
            left += without.Contains(server) ? 0u : 1u;
        }

        if (left == 0)
        {
            return -1;
        }

        var slot = _function.Hash(key) % left;
        foreach (var server in _slots)
        {
            if (!without.Contains(server) && slot-- == 0)
            {
                return server;
            }
        }

        return -1;
    }

    /// <summary>Returns the position of the server in the first slot behind that of a key which has another server than some; -1 where none is left.</summary>
    /// <param name="key">The key.</param>
    /// <param name="others">The positions of the servers that it must not be, among them the key's own.</param>
    public int FindNext(ReadOnlySpan<byte> key, ReadOnlySpan<int> others)
    {
        var own = _function.Hash(key) % (uint)_slots.Length;
        for (var i = 1; i < _slots.Length; i++)
        {
            var server = _slots[(own + i) % _slots.Length];
            if (!others.Contains(server))
            {
                return server;
            }
        }

        return -1;
    }

    private static int[] OrderOf(IReadOnlyList<HashServer> servers)
    {
        var order = new int[servers.Count];
        for (var server = 0; server < order.Length; server++)
        {
            order[server] = server;
        }

        return order;
    }

    private static int[] SlotsOf(IReadOnlyList<HashServer> servers, int totalWeight, int[] order)
    {
        var slots = new int[totalWeight];
        var rest = slots.AsSpan();
        foreach (var server in order)
        {
            rest[..servers[server].Weight].Fill(server);
            rest = rest[servers[server].Weight..];
        }

        return slots;
    }

    // Servers with the same name stay in the order of the list.
    private static int Compare(byte[][] names, int left, int right)
    {
        var lengths = names[left].Length.CompareTo(names[right].Length);
        var bytes = lengths != 0 ? lengths : names[left].AsSpan().SequenceCompareTo(names[right]);
        return bytes != 0 ? bytes : left.CompareTo(right);
    }
}
