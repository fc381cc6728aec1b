namespace TypedCache.Benchmarks.Throughput;

/// <summary>Pages with one get, with gets one after another, and with gets at the same time.</summary>
internal static class WebScenarios
{
    public static IScenario[] All { get; } =
    [
        new WebScenario("web, one get a request", "/one"),
        new WebScenario("web, five gets one after another", "/five"),
        new WebScenario("web, Task.WhenAll of 20 gets", "/fan"),
    ];
}
