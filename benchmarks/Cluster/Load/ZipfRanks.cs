namespace TypedCache.Benchmarks.Cluster.Load;

/// <summary>
/// Ranks by Zipf's law, 0 the most popular, without a table: rejection-inversion (Hörmann and Derflinger, "Rejection-inversion to generate
/// variates from monotone discrete distributions", 1996).
/// </summary>
internal sealed class ZipfRanks
{
    private readonly double _exponent;
    private readonly double _first;
    private readonly double _last;
    private readonly double _shortcut;
    private readonly int _count;

    public ZipfRanks(int count, double exponent)
    {
        _count = count;
        _exponent = exponent;
        _first = Integral(1.5) - 1;
        _last = Integral(count + 0.5);
        _shortcut = 2 - Inverse(Integral(2.5) - Math.Pow(2, -exponent));
        var sum = 0.0;
        for (var rank = count; rank >= 1; rank--)
        {
            sum += Math.Pow(rank, -exponent);
        }

        Total = sum;
    }

    /// <summary>The sum of all weights.</summary>
    public double Total { get; }

    /// <summary>The share of one rank.</summary>
    public double Share(int rank) => Math.Pow(rank + 1, -_exponent) / Total;

    public int Next(Dice dice)
    {
        while (true)
        {
            var u = _last + (dice.Next() * (_first - _last));
            var x = Inverse(u);
            var k = Math.Clamp(Math.Round(x), 1, _count);
            if (k - x <= _shortcut || u >= Integral(k + 0.5) - Math.Pow(k, -_exponent))
            {
                return (int)k - 1;
            }
        }
    }

    private double Integral(double x) => (Math.Pow(x, 1 - _exponent) - 1) / (1 - _exponent);

    private double Inverse(double x) => Math.Pow(1 + (x * (1 - _exponent)), 1 / (1 - _exponent));
}
