using Atlas;

namespace Storefront.Shop;

/// <summary>
/// Which products visitors look at: by Zipf's law (<see cref="ZipfRanks"/>). The shop's history is made by it, and the load generator draws from
/// it.
/// </summary>
internal sealed class Popularity
{
    // A prime, so that the ranks go over all ids and neighbours in rank are far apart.
    private const int Stride = 7919;

    private readonly int[] _ids;
    private readonly int[] _ranks;
    private readonly ZipfRanks _zipf;

    /// <summary>Ranks the products from 1 to a number.</summary>
    public Popularity(int products)
    {
        _ids = new int[products];
        _ranks = new int[products + 1];
        _zipf = new ZipfRanks(products);
        for (var rank = 0; rank < products; rank++)
        {
            _ids[rank] = 1 + (int)((long)rank * Stride % products);
            _ranks[_ids[rank]] = rank;
        }
    }

    /// <summary>The product that is looked at most.</summary>
    public int Hottest => _ids[0];

    /// <summary>The rank of a product, from 0 on.</summary>
    public int RankOf(int product) => _ranks[product];

    /// <summary>Draws a product.</summary>
    public int Draw(Random random) => _ids[_zipf.Draw(random)];
}
