namespace TypedCache.Benchmarks.Cluster.Scenarios;

/// <summary>Something that a chart marks.</summary>
/// <param name="Second">When, in seconds since the simulation began.</param>
/// <param name="Label">What happens then.</param>
internal readonly record struct Moment(int Second, string Label);
