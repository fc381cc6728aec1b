namespace TypedCache.Benchmarks.Near.HitRates;

/// <summary>A sequence of keys, the same in each run.</summary>
internal sealed record Workload(string Name, Func<int, IEnumerable<int>> Keys)
{
    private const int Requests = 2_000_000;
    private const int Popular = 100_000;

    /// <summary>All of them. A workload's keys depend on the capacity where it is made to exceed it.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("Zipf 0.7", static _ => Zipf(0.7)),
        new("Zipf 0.99", static _ => Zipf(0.99)),
        new("Zipf 0.99, a fifth of it scans", static capacity => WithScans(0.99, capacity)),
        new("Zipf 0.7, a fifth of it scans", static capacity => WithScans(0.7, capacity)),
        new("Loop twice as long as the cache", static capacity => Loop(capacity * 2)),
        new("Loop a tenth longer than the cache", static capacity => Loop(capacity + capacity / 10)),
        new("Zipf 0.99, other keys after each 250,000", static _ => Shifting(0.99, 250_000, Popular / 2)),
        new("Zipf 0.99, one rank further after each 100", static _ => Shifting(0.99, 100, 1)),
    ];

    public static IEnumerable<int> Zipf(double exponent)
    {
        var random = new Random(1);
        var zipf = new ZipfKeys(Popular, exponent);
        for (var i = 0; i < Requests; i++)
        {
            yield return zipf.Next(random);
        }
    }

    // Each scan reads keys that nobody else reads, twice as many as fit.
    private static IEnumerable<int> WithScans(double exponent, int capacity)
    {
        var scanned = Popular;
        var scan = capacity * 2;
        var request = 0;
        foreach (var key in Zipf(exponent))
        {
            yield return key;
            if (++request % (scan * 4) == 0)
            {
                for (var i = 0; i < scan; i++)
                {
                    yield return scanned++;
                }
            }
        }
    }

    private static IEnumerable<int> Loop(int length)
    {
        for (var i = 0; i < Requests; i++)
        {
            yield return i % length;
        }
    }

    // After so many requests each rank belongs to a key so many places further.
    private static IEnumerable<int> Shifting(double exponent, int requests, int places)
    {
        var request = 0;
        foreach (var rank in Zipf(exponent))
        {
            yield return (int)((rank + (long)(request++ / requests) * places) % Popular);
        }
    }
}
