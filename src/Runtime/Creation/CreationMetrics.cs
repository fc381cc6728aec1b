using TypedCache.Pool;

namespace TypedCache.Creation;

/// <summary>Counts what get-or-create operations do: the meter <c>TypedCache</c>. Where nobody listens, counting costs a comparison.</summary>
internal static class CreationMetrics
{
    public static readonly PoolCounter Hits = Create("hits", "Fresh values that were found.");
    public static readonly PoolCounter StaleHits = Create("stale_hits", "Values that were given out after their soft expiry or invalidation.");
    public static readonly PoolCounter Misses = Create("misses", "Calls that found no value they could use.");
    public static readonly PoolCounter Creates = Create("creates", "Runs of create functions.");
    public static readonly PoolCounter CreateFailures = Create("create_failures", "Create functions that threw.");
    public static readonly PoolCounter Refreshes = Create("refreshes", "Creations in the background, while the stale value was given out.");
    public static readonly PoolCounter LeaseWaits = Create("lease_waits", "Waits for a value that another process creates.");
    public static readonly PoolCounter Superseded = Create("superseded", "Created values that were not stored, because the key was deleted, invalidated or stored in between.");
    public static readonly PoolCounter Undecodable = Create("undecodable", "Stored bytes that could not be read as the type, and counted as a miss.");

    private static PoolCounter Create(string name, string description) =>
        PoolMetrics.Create($"get_or_create.{name}", description);
}
