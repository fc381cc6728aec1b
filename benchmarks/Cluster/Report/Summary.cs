using TypedCache.Benchmarks.Cluster.Scenarios;

namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>What a variant did in a scenario, in figures: since something happened, and in relation to the steady state before.</summary>
internal sealed class Summary
{
    // Single seconds are too noisy at a small scale.
    private const int Smooth = 10;

    private const double Recovered = 0.99;

    private readonly Series _series;

    public Summary(string name, Series series)
    {
        _series = series;
        Name = name;
        SteadyHitRate = HitRate(Scenario.SteadyFrom, Scenario.Start);
        SteadyCreations = (double)Sum(series.Creations, Scenario.SteadyFrom, Scenario.Start) / (Scenario.Start - Scenario.SteadyFrom);
        MeanHitRate = HitRate(Scenario.Start, series.Seconds);
        LowestHitRate = Windows().Min(second => HitRate(second, second + Smooth));
        PeakCreations = series.Creations[Scenario.Start..].Max();
        var seconds = series.Seconds - Scenario.Start;
        ExtraCreations = Sum(series.Creations, Scenario.Start, series.Seconds) - (SteadyCreations * seconds);
        Reads = Sum(series.Reads, Scenario.Start, series.Seconds);
        OldReads = Sum(series.OldReads, Scenario.Start, series.Seconds);
        TimeOuts = Sum(series.TimeOuts, Scenario.Start, series.Seconds);
        CopiedBytes = Sum(series.CopiedBytes, Scenario.Start, series.Seconds);
        var steadyFill = (double)Sum(series.FilledBytes, Scenario.SteadyFrom, Scenario.Start) / (Scenario.Start - Scenario.SteadyFrom);
        ExtraFilledBytes = Sum(series.FilledBytes, Scenario.Start, series.Seconds) - (steadyFill * seconds);
        Busiest = series.Busiest[Scenario.Start..].Max();
        Fullest = series.Fullest[Scenario.Start..].Max();
        SlowestReads = series.Latency(Scenario.Start, series.Seconds, 0.999);
    }

    public string Name { get; }

    public double SteadyHitRate { get; }

    public double SteadyCreations { get; }

    public double LowestHitRate { get; }

    public double MeanHitRate { get; }

    /// <summary>The most creations in a second.</summary>
    public double PeakCreations { get; }

    /// <summary>All creations beyond those of the steady state.</summary>
    public double ExtraCreations { get; }

    public long Reads { get; }

    public long OldReads { get; }

    public long TimeOuts { get; }

    public double CopiedBytes { get; }

    public double ExtraFilledBytes { get; }

    /// <summary>The commands of the busiest server in relation to the mean.</summary>
    public double Busiest { get; }

    /// <summary>The bytes of the fullest server in relation to the mean.</summary>
    public double Fullest { get; }

    /// <summary>Within how many milliseconds 99.9 % of the reads ended.</summary>
    public double SlowestReads { get; }

    /// <summary>For how many seconds the hit rate was not yet back within 1 % of the steady state for good; null: it was not at the end.</summary>
    public int? RecoverySeconds
    {
        get
        {
            var last = Windows().Where(second => HitRate(second, second + Smooth) < Recovered * SteadyHitRate).DefaultIfEmpty(Scenario.Start - Smooth).Max();
            var recovered = last + Smooth - Scenario.Start;
            return last + Smooth >= _series.Seconds ? null : recovered;
        }
    }

    private IEnumerable<int> Windows() => Enumerable.Range(Scenario.Start, _series.Seconds - Scenario.Start - Smooth + 1);

    private static long Sum(long[] numbers, int from, int to)
    {
        var sum = 0L;
        for (var i = from; i < to; i++)
        {
            sum += numbers[i];
        }

        return sum;
    }

    private double HitRate(int from, int to) => (double)Sum(_series.Hits, from, to) / Math.Max(1, Sum(_series.Reads, from, to));
}
