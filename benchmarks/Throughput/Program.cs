using TypedCache.Benchmarks.Throughput;

// dotnet run -c Release --project benchmarks/Throughput -- [rounds] [part of a scenario's name]
var rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
var filter = args.Length > 1 ? args[1] : "";

IScenario[] scenarios =
[
    .. ClosedLoopScenarios.All,
    .. FanOutScenarios.All,
    .. OpenLoopScenarios.All,
    .. ObjectScenarios.All,
    .. ManyServersScenarios.All,
    .. IdleScenarios.All,
    .. WebScenarios.All,
    .. TelemetryScenarios.All,
];
await using var bed = new TestBed();
Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, medians of {rounds} interleaved rounds");
foreach (var scenario in scenarios.Where(scenario => scenario.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
{
    await scenario.MeasureAsync(bed, rounds);
}
