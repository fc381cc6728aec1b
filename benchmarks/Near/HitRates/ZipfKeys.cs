namespace TypedCache.Benchmarks.Near.HitRates;

/// <summary>Keys by Zipf's law, 0 the most popular.</summary>
internal sealed class ZipfKeys
{
    private readonly double[] _shares;

    public ZipfKeys(int count, double exponent)
    {
        _shares = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += Math.Pow(i + 1, -exponent);
            _shares[i] = sum;
        }
    }

    public int Next(Random random)
    {
        var found = Array.BinarySearch(_shares, random.NextDouble() * _shares[^1]);
        return found < 0 ? Math.Min(~found, _shares.Length - 1) : found;
    }
}
