namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>One round of one contender.</summary>
/// <param name="Throughput">Lookups in a second.</param>
/// <param name="Processor">Nanoseconds of processor time for a lookup.</param>
/// <param name="Allocated">Bytes that a lookup allocates.</param>
/// <param name="NearHits">The share of the lookups that had their value when they returned.</param>
/// <param name="Received">Bytes that memcached sent for a lookup.</param>
/// <param name="OldestByKey">Milliseconds since the removal by key of the oldest value.</param>
/// <param name="OldestByTag">Milliseconds since the removal by tag of the oldest value.</param>
/// <param name="Creates">Creates in a second.</param>
/// <param name="CreatesPerExpiry">Creates for each expiry or removal that needed one.</param>
internal sealed record CompareSample(
    double Throughput, double Processor, double Allocated, double NearHits, double Received, long OldestByKey, long OldestByTag, double Creates, double CreatesPerExpiry);
