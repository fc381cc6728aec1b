namespace Atlas;

/// <summary>Chooses cities by Zipf's law (<see cref="ZipfRanks"/>).</summary>
/// <param name="ranking">The cities, the most popular one first.</param>
internal sealed class Popularity(IReadOnlyList<City> ranking)
{
    private readonly ZipfRanks _ranks = new(ranking.Count);

    /// <summary>Which part of the look-ups the most popular cities get, from 0 to 1.</summary>
    public double ShareOfFirst(int cities) => _ranks.ShareOfFirst(cities);

    /// <summary>The same cities in the same order for the same seed.</summary>
    public City[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        var drawn = new City[count];
        for (var i = 0; i < count; i++)
        {
            drawn[i] = ranking[_ranks.Draw(random)];
        }

        return drawn;
    }
}
