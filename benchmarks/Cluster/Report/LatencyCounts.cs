namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>How many reads took how long, in classes that are 9 % apart.</summary>
internal sealed class LatencyCounts
{
    private const int PerOctave = 8;
    private const int Octaves = 26;

    private readonly int[] _counts = new int[PerOctave * Octaves];

    public void Add(long ticks) => _counts[Math.Clamp((int)(Math.Log2(Math.Max(1, ticks)) * PerOctave), 0, _counts.Length - 1)]++;

    public void Add(LatencyCounts other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>The upper end of the class that a part of the reads does not exceed, in milliseconds.</summary>
    public double Quantile(double part)
    {
        var left = part * _counts.Sum();
        for (var i = 0; i < _counts.Length; i++)
        {
            left -= _counts[i];
            if (left <= 0)
            {
                return Math.Pow(2, (i + 1.0) / PerOctave) / TimeSpan.TicksPerMillisecond;
            }
        }

        return 0;
    }
}
