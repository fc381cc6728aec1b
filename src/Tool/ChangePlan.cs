using System.Text;
using TypedCache.Hashing;

namespace TypedCache.Tool;

/// <summary>What a change of servers does to the keys under one hash strategy, by the sample keys of <see cref="MovedShare"/>.</summary>
internal sealed class ChangePlan
{
    private const double Keys = Hashing.MovedShare.SampleCount;

    /// <summary>Makes one.</summary>
    /// <param name="strategy">What the strategy is called.</param>
    /// <param name="lists">The servers.</param>
    /// <param name="client">How the client chooses among them.</param>
    /// <exception cref="ArgumentException">The strategy does not take one of the lists.</exception>
    public ChangePlan(string strategy, ServerLists lists, MemcachedPoolOptions client)
    {
        Strategy = strategy;
        var (before, after) = (Homes(lists.Before, client), Homes(lists.After, client));
        Moves =
        [
            .. before.Zip(after).Where(move => move.First != move.Second)
                .CountBy(move => move)
                .OrderByDescending(move => move.Value).ThenBy(move => move.Key.First, StringComparer.Ordinal).ThenBy(move => move.Key.Second, StringComparer.Ordinal)
                .Select(move => new PlannedMove(move.Key.First, move.Key.Second, move.Value / Keys)),
        ];
        MovedShare = Moves.Sum(move => move.Share);
        var (had, has) = (before.CountBy(name => name).ToDictionary(), after.CountBy(name => name).ToDictionary());
        Servers =
        [
            .. lists.Names.Select(name => new PlannedServer(
                name,
                ServerLists.Due(lists.Before, name) is null ? null : had.GetValueOrDefault(name) / Keys,
                ServerLists.Due(lists.After, name) is null ? null : has.GetValueOrDefault(name) / Keys,
                ServerLists.Due(lists.After, name))),
        ];
    }

    /// <summary>What the strategy is called.</summary>
    public string Strategy { get; }

    /// <summary>Which share of the keys has another server afterwards, 0 to 1.</summary>
    public double MovedShare { get; }

    /// <summary>All servers.</summary>
    public IReadOnlyList<PlannedServer> Servers { get; }

    /// <summary>Which keys move, most first.</summary>
    public IReadOnlyList<PlannedMove> Moves { get; }

    /// <summary>How much the fullest server has afterwards in relation to its due.</summary>
    public double FullestServer => Servers.Max(server => server.After / server.Due) ?? 0;

    // A prefix that is not hashed is as good as none.
    private static string[] Homes(IReadOnlyList<MemcachedServerOptions> servers, MemcachedPoolOptions client)
    {
        var strategy = client.HashStrategy(ServerLists.Hashed(servers), client.HashFunction);
        var homes = Hashing.MovedShare.FindServers(strategy, client.HashKeyPrefix ? Encoding.UTF8.GetBytes(client.KeyPrefix) : []);
        return [.. homes.Select(home => servers[home].Name)];
    }
}
