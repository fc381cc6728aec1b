namespace TypedCache.Benchmarks.Cluster.Load;

/// <summary>How large a simulation is.</summary>
/// <param name="Servers">The servers at first.</param>
/// <param name="Keys">The different keys.</param>
/// <param name="Clients">The processes that use the cluster.</param>
/// <param name="CallsPerSecond">The calls of all clients together.</param>
/// <param name="Seed">Decides all chances.</param>
internal sealed record ClusterScale(int Servers, int Keys, int Clients, double CallsPerSecond, ulong Seed)
{
    /// <summary>Calls of 1,000 servers: more would only take longer to simulate.</summary>
    private const double FullCallsPerSecond = 20_000;

    /// <summary>How long a value lives.</summary>
    public static TimeSpan Expires { get; } = TimeSpan.FromHours(1);

    /// <summary>How popular the key of a rank is: its share falls with this power of the rank.</summary>
    public const double ZipfExponent = 0.99;

    /// <summary>The share of the calls that change a value: they delete it, and the next reader creates it anew.</summary>
    public const double UpdateShare = 0.02;

    /// <summary>Which part of the servers' memory is used at first.</summary>
    public const double MemoryUse = 0.8;

    /// <summary>A part of the full size: 1,000 servers, 10,000,000 keys, 100 clients.</summary>
    public static ClusterScale Of(double part, ulong seed) => new(
        Math.Max(30, (int)(1000 * part)),
        Math.Max(1000, (int)(10_000_000 * part)),
        Math.Clamp((int)(1000 * part), 10, 100),
        FullCallsPerSecond * part,
        seed);
}
