using System.Globalization;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>The table of the fleets.</summary>
internal static class FleetReport
{
    public static void PrintHeader(int seconds)
    {
        Console.WriteLine();
        Console.WriteLine($"{Fleet.Processes} processes x {FleetMember.Callers} callers of one key for {seconds} s; it expires after {Fleet.Expires.TotalSeconds} s, and creating it takes {Fleet.CreateTime.TotalMilliseconds} ms");
        Console.WriteLine("| cache | creates at cold start | expiries | creates per expiry | most | calls | p50 us | p99 ms | longest ms | oldest value s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
    }

    public static void Print(string name, FleetResult result) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {result.ColdCreates} | {result.Expiries} | {result.CreatesPerExpiry:0.0} | {result.MostCreatesPerExpiry} | {result.Calls:N0} | {result.Percentile(0.5).TotalMicroseconds:0} | {result.Percentile(0.99).TotalMilliseconds:0.00} | {result.Longest.TotalMilliseconds:0} | {result.Oldest.TotalSeconds:0.0} |"));
}
