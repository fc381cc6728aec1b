namespace TypedCache.Tool.Live;

/// <summary>What a cluster did in an interval.</summary>
/// <param name="Time">When it was looked at.</param>
/// <param name="Seconds">How long the interval was.</param>
/// <param name="Servers">The servers.</param>
/// <param name="Hot">The patterns that were read most.</param>
internal sealed record ClusterView(DateTimeOffset Time, double Seconds, IReadOnlyList<ServerRates> Servers, IReadOnlyList<HotPattern> Hot)
{
    /// <summary>All servers together.</summary>
    public ServerRates Total { get; } = ServerRates.Sum(Servers);
}
