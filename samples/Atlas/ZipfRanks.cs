namespace Atlas;

/// <summary>
/// Ranks by Zipf's law: the one at place n comes with a probability in proportion to 1/n, as with pages, products and words. A few get most
/// of the draws, and most get a few.
/// </summary>
internal sealed class ZipfRanks
{
    private readonly double[] _upTo;

    /// <summary>Makes the ranks from 0 to one less than a number.</summary>
    public ZipfRanks(int count)
    {
        _upTo = new double[count];
        var sum = 0.0;
        for (var rank = 0; rank < count; rank++)
        {
            sum += 1.0 / (rank + 1);
            _upTo[rank] = sum;
        }
    }

    /// <summary>Which part of the draws the first ranks get, from 0 to 1.</summary>
    public double ShareOfFirst(int ranks) => _upTo[Math.Min(ranks, _upTo.Length) - 1] / _upTo[^1];

    /// <summary>Draws a rank.</summary>
    public int Draw(Random random)
    {
        var rank = Array.BinarySearch(_upTo, random.NextDouble() * _upTo[^1]);
        return Math.Min(rank < 0 ? ~rank : rank, _upTo.Length - 1);
    }
}
