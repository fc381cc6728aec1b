using TypedCache.Benchmarks.Cluster.Timing;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>Something that a client does with one or more exchanges.</summary>
internal abstract class Call : SimulatedEvent
{
    /// <summary>An exchange has ended. Its object belongs to the client again afterwards.</summary>
    public abstract void Answered(Exchange exchange);
}
