namespace TypedCache.Benchmarks.Throughput;

/// <summary>What a pool costs which has nothing to do.</summary>
internal static class IdleScenarios
{
    public static IScenario[] All { get; } = [new SilenceScenario(), new MemoryScenario()];
}
