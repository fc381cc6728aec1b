using System.Globalization;
using TypedCache.Generator.Benchmarks;

// Usage: [interfaces] [methods] [repetitions]. Each line is the median of the repetitions.
int[] counts = [200, 10, 15];
for (var i = 0; i < Math.Min(args.Length, counts.Length); i++)
{
    counts[i] = int.Parse(args[i], CultureInfo.InvariantCulture);
}

var (interfaces, methods, repetitions) = (counts[0], counts[1], counts[2]);
Console.WriteLine($"{interfaces} interfaces with {methods} methods each, median of {repetitions} repetitions, {Environment.ProcessorCount} processors");
Console.WriteLine();
Console.WriteLine("| Step | Generator, ms | Compilation, ms | Share |");
Console.WriteLine("| --- | ---: | ---: | ---: |");

// The first run pays for the just-in-time compiler, as the first build of a new compiler process does.
Print("Cold, first run of the process", [new EditorSession(Workload.Create(interfaces, methods)).Open()]);
Print("Cold, warm process", Repeat(_ => new EditorSession(Workload.Create(interfaces, methods)).Open()));

var session = new EditorSession(Workload.Create(interfaces, methods));
session.Open();
Print("Edit of an unrelated file", Repeat(edit => session.Edit(interfaces, Workload.Unrelated(edit + 1))));
Print("Interface moved down a line", Repeat(edit => session.Edit(0, new string('\n', edit + 1) + Workload.Interface(0, methods))));
Print("Template of one interface changed", Repeat(edit => session.Edit(1, Workload.Interface(1, methods, $"word{edit}x"))));

var placeholders = new EditorSession(Workload.Create(interfaces, methods, startsWithPlaceholder: true));
placeholders.Open();
Print("Template changed, all begin with a string", Repeat(edit => placeholders.Edit(1, Workload.Interface(1, methods, $"word{edit}x", startsWithPlaceholder: true))));

Step[] Repeat(Func<int, Step> step) => [.. Enumerable.Range(0, repetitions).Select(step)];

static void Print(string name, IReadOnlyCollection<Step> steps)
{
    var generator = Median(steps.Select(static step => step.Generator));
    var compilation = Median(steps.Select(static step => step.Compilation));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {name} | {generator:F1} | {compilation:F1} | {generator / (generator + compilation):P1} |"));
}

static double Median(IEnumerable<TimeSpan> times)
{
    var sorted = times.Select(static time => time.TotalMilliseconds).Order().ToArray();
    return sorted[sorted.Length / 2];
}
