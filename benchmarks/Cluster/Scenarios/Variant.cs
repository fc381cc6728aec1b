using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Scenarios;

/// <summary>What the clients do in a scenario.</summary>
/// <param name="Name">What it is called in tables and charts.</param>
/// <param name="Contender">How keys are spread.</param>
internal sealed record Variant(string Name, Contender Contender)
{
    /// <summary>Whether the applications are restarted to learn of other servers; else their pools learn of them while they run.</summary>
    public bool Restarts { get; init; }

    /// <summary>Whether misses on moved keys are looked for at their former home.</summary>
    public bool IsWarm { get; init; }

    /// <summary>Whether keys of failed servers go to spares.</summary>
    public bool HasSpares { get; init; }

    /// <summary>Whether a server that is back hears of the deletes that it has missed.</summary>
    public bool ReplaysDeletes { get; init; }

    /// <summary>Whether servers are taken out of the list before they are stopped.</summary>
    public bool IsDrained { get; init; }

    /// <summary>Whether clients do more about it than they do today.</summary>
    public bool HasOption => IsWarm || HasSpares || ReplaysDeletes;
}
