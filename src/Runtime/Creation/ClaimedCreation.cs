using TypedCache.Pool;
using TypedCache.Telemetry;

namespace TypedCache.Creation;

/// <summary>One creation: for whom, how, and in place of what.</summary>
/// <param name="Pending">Who waits for it.</param>
/// <param name="Plan">How the value is made and stored.</param>
/// <param name="Read">What was read before: perhaps a stale value.</param>
internal readonly record struct ClaimedCreation<T>(PendingCreation<T> Pending, CreationPlan<T> Plan, LeaseRead<T> Read)
{
    /// <summary>What the home zone of the key has said, if the lease is of another one.</summary>
    public HomeRead<T> Home { get; init; }

    /// <summary>Why the value is created.</summary>
    public CreationTrigger Trigger =>
        Read.IsUsable(Plan.Options.Stale > TimeSpan.Zero) ? CreationTrigger.Refresh
        : Pending.Lease == Lease.Unreachable ? CreationTrigger.Unreachable
        : CreationTrigger.Miss;
}
