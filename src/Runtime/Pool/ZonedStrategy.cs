using TypedCache.Hashing;

namespace TypedCache.Pool;

/// <summary>
/// Chooses among servers that are in several zones, each of which is a whole cluster of its own: a key has one server in every zone.
/// <see cref="Find(ReadOnlySpan{byte})"/> gives the one in the pool's own zone.
/// </summary>
internal sealed class ZonedStrategy : IHashStrategy, IAddressedStrategy
{
    private static readonly Fnv1aHashFunction HomeFunction = new(signedChar: false);

    private readonly int[][] _positions;
    private readonly IHashStrategy[] _strategies;
    private readonly int _own;

    /// <summary>Divides servers by zone.</summary>
    /// <param name="servers">The servers, each with its zone.</param>
    /// <param name="ownZone">The pool's own zone.</param>
    /// <param name="create">Makes the strategy of one zone.</param>
    /// <exception cref="ArgumentException">The strategy does not take the list of a zone, or <see cref="Check"/> refuses the zones.</exception>
    public ZonedStrategy(IReadOnlyList<MemcachedServerOptions> servers, string ownZone, Func<IReadOnlyList<MemcachedServerOptions>, IHashStrategy> create)
    {
        Check(servers, ownZone);
        var zones = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < servers.Count; i++)
        {
            if (!zones.TryGetValue(servers[i].Zone!, out var positions))
            {
                zones.Add(servers[i].Zone!, positions = []);
            }

            positions.Add(i);
        }

        _positions = new int[zones.Count][];
        _strategies = new IHashStrategy[zones.Count];
        foreach (var (zone, positions) in zones)
        {
            _own = zone == ownZone ? Count : _own;
            _positions[Count] = [.. positions];
            _strategies[Count] = create(positions.ConvertAll(position => servers[position]));
            Count++;
        }
    }

    /// <summary>How many zones there are.</summary>
    public int Count { get; }

    public bool UsesAddresses => _strategies[_own] is IAddressedStrategy { UsesAddresses: true };

    /// <summary>Checks the zones of servers.</summary>
    /// <exception cref="ArgumentException">Some servers have a zone and others, or the pool, have none; or no server is in the pool's zone.</exception>
    public static void Check(IReadOnlyList<MemcachedServerOptions> servers, string? ownZone)
    {
        var isInOwn = false;
        foreach (var server in servers)
        {
            if (server.Zone is null != ownZone is null)
            {
                throw new ArgumentException(server.Zone is null
                    ? $"The pool is in zone '{ownZone}', and {server.Name} has no zone. Give each server one (zone=a), or the pool none."
                    : $"{server.Name} is in zone '{server.Zone}', and the pool has no zone. Set the pool's own (MemcachedPoolOptions.Zone), or leave out those of the servers.");
            }

            isInOwn |= server.Zone == ownZone;
        }

        if (!isInOwn)
        {
            throw new ArgumentException($"The pool is in zone '{ownZone}', in which there is no server. Zones are written alike everywhere, upper and lower case included.");
        }
    }

    /// <inheritdoc/>
    public int Find(ReadOnlySpan<byte> key) => Find(_own, key);

    /// <summary>The position of a key's server in a zone.</summary>
    /// <param name="turn">Which zone: 0 is the key's home zone, the same one for all pools; the others follow in their order.</param>
    /// <param name="key">The key.</param>
    public int FindInTurn(int turn, ReadOnlySpan<byte> key) => Find((int)((HomeOf(key) + (uint)turn) % (uint)Count), key);

    private int Find(int zone, ReadOnlySpan<byte> key) => _positions[zone][_strategies[zone].Find(key)];

    // FNV-1a, mixed as in MurmurHash3: not what chooses a server inside a zone, or only some servers of a zone would hold its leases.
    private uint HomeOf(ReadOnlySpan<byte> key)
    {
        var hash = HomeFunction.Hash(key);
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return (hash ^ (hash >> 16)) % (uint)Count;
    }
}
