namespace Atlas;

/// <summary>
/// Chooses cities by Zipf's law: the city at rank n is asked for with a probability in proportion to 1/n, as with pages,
/// products and words. A few cities get most of the look-ups, and most cities get a few.
/// </summary>
internal sealed class Popularity
{
    private readonly IReadOnlyList<City> _ranking;
    private readonly double[] _upTo;

    /// <summary>Makes the choice over a ranking, the most popular city first.</summary>
    public Popularity(IReadOnlyList<City> ranking)
    {
        _ranking = ranking;
        _upTo = new double[ranking.Count];
        var sum = 0.0;
        for (var i = 0; i < _upTo.Length; i++)
        {
            sum += 1.0 / (i + 1);
            _upTo[i] = sum;
        }
    }

    /// <summary>Which part of the look-ups the most popular cities get, from 0 to 1.</summary>
    public double ShareOfFirst(int cities) => _upTo[Math.Min(cities, _upTo.Length) - 1] / _upTo[^1];

    /// <summary>The same cities in the same order for the same seed.</summary>
    public City[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        var drawn = new City[count];
        for (var i = 0; i < count; i++)
        {
            var rank = Array.BinarySearch(_upTo, random.NextDouble() * _upTo[^1]);
            drawn[i] = _ranking[Math.Min(rank < 0 ? ~rank : rank, _ranking.Count - 1)];
        }

        return drawn;
    }
}
