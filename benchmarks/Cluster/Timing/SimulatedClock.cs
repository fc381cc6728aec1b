namespace TypedCache.Benchmarks.Cluster.Timing;

/// <summary>The clock of a simulation. It stands still until the next event moves it.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time since the simulation began, in ticks of 100 nanoseconds.</summary>
    public long Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(Now);
}
