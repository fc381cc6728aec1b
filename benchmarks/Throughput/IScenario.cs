namespace TypedCache.Benchmarks.Throughput;

/// <summary>One load, which several contenders bear in turn.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>Starts what it needs, measures, and prints its part of the table.</summary>
    Task MeasureAsync(TestBed bed, int rounds);
}
