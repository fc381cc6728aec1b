namespace TypedCache.Integration.Tests.Stress;

/// <summary>Tests which load the machine, or count what the whole process has: no other test runs beside them.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
