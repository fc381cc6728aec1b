namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>One of the diagrams of a chart, all of which have the same time below.</summary>
/// <param name="Title">What it shows, with the unit.</param>
/// <param name="Lines">A line for each variant, with a value for each second.</param>
/// <param name="IsLogarithmic">Whether each step upwards is a multiple.</param>
internal sealed record Panel(string Title, IReadOnlyList<double[]> Lines, bool IsLogarithmic = false);
