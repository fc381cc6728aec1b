namespace TypedCache.Benchmarks.Throughput;

/// <summary>What listeners cost. A build without telemetry is compared by running its own program in turn with this one.</summary>
internal static class TelemetryScenarios
{
    private const int Size = 100;
    private const int Callers = 64;
    private const int Rate = 100_000;

    public static IScenario[] All { get; } =
    [
        new Scenario("telemetry, closed loop, get 100 B, 64 callers", 1_500_000, bed => [Get(bed), Heard(Get(bed), "metrics", Listening.ToMetrics), Heard(Get(bed), "1 % of spans", Listening.ToSpans)]),
        new OpenLoopScenario("telemetry, open loop, one thread starts 100,000/s", Rate, bed =>
        [
            OpenLoopScenarios.Get(bed),
            Heard(OpenLoopScenarios.Get(bed), "metrics", Listening.ToMetrics),
            Heard(OpenLoopScenarios.Get(bed), "1 % of spans", Listening.ToSpans),
        ]),
    ];

    private static Contender Get(TestBed bed) => ClosedLoopScenarios.Get(bed, 1, Callers, Size);

    private static Contender Heard(Contender contender, string what, Func<IDisposable> listen) => contender with
    {
        Name = $"TypedCache, {what}",
        RunAsync = async operations =>
        {
            using var listener = listen();
            await contender.RunAsync(operations);
        },
    };

    // The listener ends with its last request.
    private static OpenLoopContender Heard(OpenLoopContender contender, string what, Func<IDisposable> listen) => contender with
    {
        Name = $"TypedCache, {what}",
        Open = log =>
        {
            var listener = listen();
            log.Answered.ContinueWith(_ => listener.Dispose(), TaskScheduler.Default);
            return contender.Open(log);
        },
    };
}
