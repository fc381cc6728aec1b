using System.Diagnostics.Metrics;

namespace TypedCache.Creation;

/// <summary>Counts what get-or-create operations do: the meter <c>TypedCache</c>. Where nobody listens, counting costs a comparison.</summary>
internal static class CreationMetrics
{
    private static readonly Meter Meter = new("TypedCache");

    public static readonly CreationCounter Hits = Create("hits", "Fresh values that were found.");
    public static readonly CreationCounter StaleHits = Create("stale_hits", "Values that were given out after their soft expiry or invalidation.");
    public static readonly CreationCounter Misses = Create("misses", "Calls that found no value they could use.");
    public static readonly CreationCounter Creates = Create("creates", "Runs of create functions.");
    public static readonly CreationCounter CreateFailures = Create("create_failures", "Create functions that threw.");
    public static readonly CreationCounter Refreshes = Create("refreshes", "Creations in the background, while the stale value was given out.");
    public static readonly CreationCounter LeaseWaits = Create("lease_waits", "Waits for a value that another process creates.");
    public static readonly CreationCounter Superseded = Create("superseded", "Created values that were not stored, because the key was deleted, invalidated or stored in between.");
    public static readonly CreationCounter Undecodable = Create("undecodable", "Stored bytes that could not be read as the type, and counted as a miss.");

    private static CreationCounter Create(string name, string description) =>
        new(Meter.CreateCounter<long>($"typedcache.get_or_create.{name}", description: description));
}
