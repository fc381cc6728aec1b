namespace TypedCache.Tool.Census;

/// <summary>Counts times in buckets whose bounds people know. The last one is for no limit at all.</summary>
internal sealed class TimeBuckets
{
    private static readonly long[] Bounds = [0, 10, 60, 600, 3600, 21_600, 86_400, 604_800, 2_592_000];
    private readonly long[] _counts = new long[Names.Count];

    /// <summary>What the buckets are called.</summary>
    public static IReadOnlyList<string> Names { get; } = ["0s", "<= 10s", "<= 1m", "<= 10m", "<= 1h", "<= 6h", "<= 1d", "<= 7d", "<= 30d", "> 30d", "no limit"];

    /// <summary>How many times each has.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>Counts a time.</summary>
    /// <param name="seconds">How long it is; null: without limit.</param>
    public void Add(long? seconds)
    {
        var bucket = Bounds.Length + 1;
        if (seconds is { } limited)
        {
            for (bucket = 0; bucket < Bounds.Length && limited > Bounds[bucket];)
            {
                bucket++;
            }
        }

        _counts[bucket]++;
    }

    /// <summary>Adds what another one has counted.</summary>
    public void Add(TimeBuckets other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }
}
