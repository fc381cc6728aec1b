namespace TypedCache.Benchmarks.Cluster.Timing;

/// <summary>Something that happens at a moment of the simulation. An object waits for one moment at a time, and may be used again.</summary>
internal abstract class SimulatedEvent
{
    /// <summary>Happens.</summary>
    public abstract void Fire();
}
