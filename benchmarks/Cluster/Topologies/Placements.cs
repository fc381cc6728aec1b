using System.Collections.Concurrent;
using TypedCache.Benchmarks.Cluster.Load;

namespace TypedCache.Benchmarks.Cluster.Topologies;

/// <summary>The placements that several runs have in common.</summary>
internal sealed class Placements(KeySpace keys)
{
    private readonly ConcurrentDictionary<(string Contender, int First, int Count), Lazy<Placement>> _ranges = [];

    /// <summary>The servers of successive numbers.</summary>
    public Placement Range(Contender contender, int first, int count) => _ranges.GetOrAdd(
        (contender.Name, first, count),
        _ => new Lazy<Placement>(() => new Placement(keys, contender, [.. Enumerable.Range(first, count)]))).Value;

    /// <summary>The first servers without some of them. Nobody else has it, so that it goes when it is out of use.</summary>
    public Placement Without(Contender contender, int count, IReadOnlySet<int> missing) =>
        new(keys, contender, [.. Enumerable.Range(0, count).Where(server => !missing.Contains(server))]);
}
