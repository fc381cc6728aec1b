using System.Globalization;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>The table of the hits. Ratios are those of each round to the first contender's in the same round.</summary>
internal static class HitReport
{
    public static void Print(HitContender[] contenders, int rounds)
    {
        Console.WriteLine();
        Console.WriteLine($"Hits of 100 characters, medians of {rounds} interleaved rounds");
        Console.WriteLine("| read by | 1 caller us | added us | ratio to the plain Get | 64 callers us | ratio to the plain Get | B/hit |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var contender in contenders)
        {
            Console.WriteLine(Row(contender, contenders[0]));
        }
    }

    private static string Row(HitContender contender, HitContender plain)
    {
        var pairs = contender.Samples.Zip(plain.Samples).ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {contender.Name} | {Median(pairs, pair => pair.First.Alone):0.00} | {Median(pairs, pair => pair.First.Alone - pair.Second.Alone):+0.00;-0.00} | {Median(pairs, pair => pair.First.Alone / pair.Second.Alone):0.00} | {Median(pairs, pair => pair.First.Together):0.00} | {Median(pairs, pair => pair.First.Together / pair.Second.Together):0.00} | {Median(pairs, pair => pair.First.Bytes):0} |");
    }

    private static double Median((HitSample First, HitSample Second)[] pairs, Func<(HitSample First, HitSample Second), double> select)
    {
        var sorted = pairs.Select(select).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
