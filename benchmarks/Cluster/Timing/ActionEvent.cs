namespace TypedCache.Benchmarks.Cluster.Timing;

/// <summary>Something rare that happens at a moment of the simulation.</summary>
internal sealed class ActionEvent(Action action) : SimulatedEvent
{
    public override void Fire() => action();
}
