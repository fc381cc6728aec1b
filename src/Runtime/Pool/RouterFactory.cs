using TypedCache.Hashing;
using TypedCache.Pool.Moves;

namespace TypedCache.Pool;

/// <summary>Makes the routers of a pool, all by the same rules.</summary>
internal sealed class RouterFactory
{
    /// <summary>How keys are spread over the servers.</summary>
    public required HashStrategyFactory Strategy { get; init; }

    /// <summary>How keys and servers are hashed.</summary>
    public required IHashFunction Function { get; init; }

    /// <summary>How many bytes at the beginning of every key are not hashed.</summary>
    public required int UnhashedPrefix { get; init; }

    /// <summary>The order in which other servers are tried.</summary>
    public required FailoverSequence Failover { get; init; }

    /// <summary>How many places of that order are looked at.</summary>
    public required int MaxFailoverAttempts { get; init; }

    /// <summary>The pool's own zone; null: there are no zones.</summary>
    public required string? Zone { get; init; }

    /// <summary>How many servers each value is written to, where there are so many.</summary>
    public required int Redundancy { get; init; }

    /// <summary>Chooses among servers.</summary>
    /// <exception cref="ArgumentException">The strategy does not take the list, or the zones do not fit the pool's.</exception>
    public IHashStrategy CreateStrategy(IReadOnlyList<MemcachedServerOptions> servers)
    {
        if (servers is [{ IsStandIn: true }])
        {
            return new OnlyServerStrategy();
        }

        if (Zone is not null)
        {
            return new ZonedStrategy(servers, Zone, CreateOne);
        }

        ZonedStrategy.Check(servers, ownZone: null);
        return CreateOne(servers);
    }

    /// <summary>Chooses among spares; null where there is none.</summary>
    /// <exception cref="ArgumentException">The strategy does not take the list.</exception>
    public IHashStrategy? CreateSpareStrategy(IReadOnlyList<MemcachedServerOptions> spares) => spares.Count == 0 ? null : CreateStrategy(spares);

    /// <summary>Makes a router.</summary>
    /// <param name="version">Which of the pool's it is.</param>
    /// <param name="servers">The servers, in the order in which they were given.</param>
    /// <param name="strategy">Chooses among them.</param>
    /// <param name="spares">Chooses among the spares; null: there is none.</param>
    /// <param name="moves">Where keys were before, or will be.</param>
    public OperationRouter Create(long version, MemcachedServer[] servers, IHashStrategy strategy, OperationRouter? spares, KeyMoves? moves = null) =>
        new(servers, strategy, Failover, MaxFailoverAttempts)
        {
            Moves = moves,
            Version = version,
            Copies = Math.Min(Redundancy, servers.Length) - 1,
            Spares = spares,
        };

    /// <summary>Makes a router of spares.</summary>
    public OperationRouter CreateSpares(MemcachedServer[] spares, IHashStrategy strategy) => new(spares, strategy, Failover, MaxFailoverAttempts);

    private IHashStrategy CreateOne(IReadOnlyList<MemcachedServerOptions> servers)
    {
        var hashed = new HashServer[servers.Count];
        for (var i = 0; i < hashed.Length; i++)
        {
            hashed[i] = new HashServer(servers[i].Host, servers[i].Port, servers[i].Weight) { Address = servers[i].Address, HashName = servers[i].HashName };
        }

        var strategy = Strategy(hashed, Function);
        return UnhashedPrefix == 0 ? strategy : new UnhashedPrefixStrategy(strategy, UnhashedPrefix);
    }
}
