using Storefront.Load;

namespace TypedCache.Storefront.Tests.Load;

public sealed class LatenciesTests
{
    [Fact]
    public void Quantiles_are_those_of_the_recorded_times_and_at_most_three_percent_more()
    {
        var latencies = new Latencies();
        var before = latencies.Snapshot();
        var random = new Random(1);
        var times = Enumerable.Range(0, 10_000).Select(_ => (long)Math.Exp(random.NextDouble() * 16)).Order().ToArray();
        foreach (var time in times)
        {
            latencies.Record(TimeSpan.FromMicroseconds(time));
        }

        foreach (var part in (double[])[0.001, 0.1, 0.5, 0.9, 0.99, 1])
        {
            var exact = times[(int)Math.Ceiling(part * times.Length) - 1];
            var shown = Latencies.At(part, before, latencies.Snapshot())!.Value.TotalMicroseconds;
            Assert.InRange(shown, exact, (exact * (1 + (1 / 32.0))) + 1);
        }
    }

    [Fact]
    public void Only_what_was_recorded_between_two_snapshots_counts()
    {
        var latencies = new Latencies();
        latencies.Record(TimeSpan.FromSeconds(1));
        var before = latencies.Snapshot();
        Assert.Null(Latencies.At(0.5, before, before));

        latencies.Record(TimeSpan.FromMicroseconds(7));

        Assert.Equal(7, Latencies.At(1, before, latencies.Snapshot())!.Value.TotalMicroseconds);
    }

    [Fact]
    public void The_longest_time_has_a_bucket()
    {
        var latencies = new Latencies();
        latencies.Record(TimeSpan.MaxValue);

        Assert.Equal(1, latencies.Count);
    }
}
