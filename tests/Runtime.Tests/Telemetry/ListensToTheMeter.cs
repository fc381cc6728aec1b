namespace TypedCache.Tests.Telemetry;

/// <summary>Instruments and activity sources are those of the whole process: these tests run alone.</summary>
[CollectionDefinition(nameof(ListensToTheMeter), DisableParallelization = true)]
public sealed class ListensToTheMeter;
