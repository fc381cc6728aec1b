using System.Globalization;
using TypedCache.Benchmarks.Near.Compare;
using TypedCache.Benchmarks.Near.HitRates;
using TypedCache.Benchmarks.Near.Speed;

// dotnet run -c Release --project benchmarks/Near -- hitrates
// dotnet run -c Release --project benchmarks/Near -- speed [rounds] [hits per round]
// dotnet run -c Release --project benchmarks/Near -- compare [seconds per fleet and round] [rounds]
switch (args)
{
    case ["hitrates"]:
        HitRateReport.Print(Console.Out);
        return 0;
    case ["speed", .. var numbers]:
        await SpeedReport.PrintAsync(Console.Out, rounds: NumberAt(numbers, 0, 30), operations: NumberAt(numbers, 1, 100_000));
        return 0;
    case ["compare", .. var numbers]:
        await CompareReport.PrintAsync(Console.Out, seconds: NumberAt(numbers, 0, 10), rounds: NumberAt(numbers, 1, 3));
        return 0;
    default:
        Console.Error.WriteLine("Usage: hitrates | speed [rounds] [hits per round] | compare [seconds] [rounds]");
        return 1;
}

static int NumberAt(string[] numbers, int position, int otherwise) =>
    position < numbers.Length ? int.Parse(numbers[position], CultureInfo.InvariantCulture) : otherwise;
