using System.Diagnostics;
using System.Globalization;
using TypedCache.Benchmarks.Cluster;
using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Report;
using TypedCache.Benchmarks.Cluster.Scenarios;
using TypedCache.Benchmarks.Cluster.Topologies;

// dotnet run -c Release --project benchmarks/Cluster -- [scenario] [--scale 0.01] [--svg docs/cluster] [--csv folder] [--seed 1] [--parallel 2]
var arguments = RunArguments.Parse(args);
var scale = ClusterScale.Of(arguments.Scale, arguments.Seed);
var keys = new KeySpace(scale);
if (arguments.Scenario is null or "topology")
{
    TopologyCosts.Print(keys, servers: 1000);
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{scale.Servers:#,0} servers, {scale.Keys:#,0} keys, {scale.Clients} clients, {scale.CallsPerSecond:#,0} calls per second, seed {scale.Seed}"));
var placements = new Placements(keys);
foreach (var scenario in Scenario.All.Where(each => arguments.Scenario is null || arguments.Scenario == each.Name))
{
    var started = Stopwatch.GetTimestamp();
    var runs = ScenarioRuns.Run(scenario, scale, placements, keys, arguments.Parallel, Console.Error.WriteLine);
    Console.WriteLine();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}: {scenario.Title}"));
    Console.WriteLine();
    foreach (var line in SummaryTable.Lines([.. runs.Select((series, i) => new Summary(scenario.Variants[i].Name, series))]))
    {
        Console.WriteLine(line);
    }

    if (arguments.SvgFolder is { } folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{scenario.Name}.svg"), ScenarioChart.Draw(scenario, runs));
    }

    if (arguments.CsvFolder is { } csvFolder)
    {
        Directory.CreateDirectory(csvFolder);
        File.WriteAllLines(Path.Combine(csvFolder, $"{scenario.Name}.csv"), SeriesFile.Lines(scenario, runs));
    }

    Console.WriteLine();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"Simulated in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, {Environment.WorkingSet / 1e9:0.0} GB of memory"));
}
