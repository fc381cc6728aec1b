using System.Globalization;
using TypedCache.Generator.Benchmarks;

// Usage: [files] [members] [repetitions] [generator ...]
int[] counts = [200, 10, 15];
for (var i = 0; i < Math.Min(args.Length, counts.Length); i++)
{
    counts[i] = int.Parse(args[i], CultureInfo.InvariantCulture);
}

var (files, members, repetitions) = (counts[0], counts[1], counts[2]);
var named = args.Skip(counts.Length).ToArray();
IWorkload[] workloads = [new ClientWorkload(), new ClientWorkload(beginsWithString: true), new MvvmWorkload(), new RefitWorkload(), new LoggerWorkload()];
Console.WriteLine($"{files} files with {members} members each, median of {repetitions} repetitions, {Environment.ProcessorCount} processors");
Console.WriteLine();
Console.WriteLine("| Generator | Step | Generator, ms | Compilation, ms | Share | Per member, µs |");
Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: |");
foreach (var workload in workloads.Where(workload => named.Length == 0 || named.Contains(workload.Name)))
{
    new Measurement(new Project(workload, files, members), repetitions).Print();
}
