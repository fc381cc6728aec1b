using Atlas;
using Storefront.Shop;

namespace Storefront.Origin;

/// <summary>Makes what is in the shop: the same rows for the same seed. Cities are real; what is sold, and by whom it was looked at, is not.</summary>
/// <param name="size">How large the shop is.</param>
/// <param name="cities">The cities, the largest first.</param>
internal sealed class ShopSeed(ShopSize size, IReadOnlyList<City> cities)
{
    private const int Seed = 16;
    private const int WarehousesPerRegion = 2;
    private const int KilometresBetweenWarehouses = 300;
    private const int Campaigns = 1000;
    private const int Days = 7;
    private const int LongestHistory = 60;
    private const double ShareOfChangedPrices = 0.25;
    private const double ViewsOfHottest = 40_000;

    private readonly Popularity _popularity = new(size.Products);
    private readonly City[] _delivered = [.. cities.Where(city => Region.Find(city.Country) is not null)];

    /// <summary>The rows of each table.</summary>
    public IEnumerable<(string Table, int Rows, IEnumerable<object[]> Values)> Tables()
    {
        var warehouses = Warehouses().ToArray();
        yield return ("city", cities.Count, cities.Select(static city => new object[] { city.Id, city.Name, city.Country, city.Population, city.Latitude, city.Longitude }));
        yield return ("warehouse", warehouses.Length, warehouses.Select(static (city, index) => new object[] { index + 1, city.Id }));
        yield return ("category", Assortment.Categories.Count, Assortment.Categories.Select(static (category, index) => new object[] { index + 1, category.Name }));
        yield return ("product", size.Products, Products());
        yield return ("price", size.Products * Region.All.Count * 5 / 4, Prices());
        yield return ("campaign", Campaigns, CampaignRows());
        yield return ("stock", size.Products * 5, Stock(warehouses.Length));
        yield return ("review", size.Reviews, Reviews());
        yield return ("views", size.Products * Days, Views());
    }

    // The largest cities of each region that are not close to each other.
    private IEnumerable<City> Warehouses()
    {
        foreach (var region in Region.All)
        {
            var chosen = new List<DeliveryCity>();
            foreach (var city in _delivered.Where(city => city.Country == region.Code))
            {
                var place = new DeliveryCity(city.Id, city.Name, city.Country, city.Population, city.Latitude, city.Longitude);
                if (Delivery.Nearest(chosen, place) is { Kilometres: < KilometresBetweenWarehouses })
                {
                    continue;
                }

                chosen.Add(place);
                yield return city;
                if (chosen.Count == WarehousesPerRegion)
                {
                    break;
                }
            }
        }
    }

    private IEnumerable<object[]> Products()
    {
        var random = new Random(Seed);
        for (var id = 1; id <= size.Products; id++)
        {
            var category = random.Next(Assortment.Categories.Count);
            var (name, kinds) = Assortment.Categories[category];
            var (kind, brand, colour) = (kinds[random.Next(kinds.Length)], random.Next(Assortment.Brands.Count), Pick(Assortment.Colours, random));
            var model = $"{(char)('A' + random.Next(26))}{random.Next(10, 100)}";
            yield return
            [
                id, category + 1, brand + 1, $"{Assortment.Brands[brand]} {kind} {model}, {colour}",
                $"A {kind.ToLowerInvariant()} of {Assortment.Brands[brand]}, in {colour}. Part of our range \"{name}\", made to last and easy to repair.",
                random.Next(50, 20_000),
            ];
        }
    }

    private IEnumerable<object[]> Prices()
    {
        var random = new Random(Seed);
        for (var id = 1; id <= size.Products; id++)
        {
            var euros = 3 * Math.Exp(random.NextDouble() * 5.5);
            foreach (var region in Region.All.OrderBy(static region => region.Code, StringComparer.Ordinal))
            {
                var local = euros * region.Rate * (0.95 + (random.NextDouble() * 0.2));
                if (random.NextDouble() < ShareOfChangedPrices)
                {
                    yield return [id, region.Code, -LongestHistory, Round(local * (0.9 + (random.NextDouble() * 0.2)), region)];
                    yield return [id, region.Code, -random.Next(LongestHistory), Round(local, region)];
                }
                else
                {
                    yield return [id, region.Code, -LongestHistory, Round(local, region)];
                }
            }
        }
    }

    private static long Round(double amount, Region region) =>
        region.Decimals == 0 ? Math.Max(10, (long)(amount / 10) * 10) : ((long)Math.Max(1, amount) * 100) + 99;

    private static IEnumerable<object[]> CampaignRows()
    {
        var random = new Random(Seed);
        for (var id = 1; id <= Campaigns; id++)
        {
            object category = random.Next(3) == 0 ? random.Next(Assortment.Categories.Count) + 1 : DBNull.Value;
            object brand = category is DBNull ? random.Next(Assortment.Brands.Count) + 1 : DBNull.Value;
            yield return [id, Pick(Region.All, random).Code, category, brand, random.Next(1, 7) * 5];
        }
    }

    private IEnumerable<object[]> Stock(int warehouses)
    {
        var random = new Random(Seed);
        for (var id = 1; id <= size.Products; id++)
        {
            for (var warehouse = 1; warehouse <= warehouses; warehouse++)
            {
                if (random.Next(16) < 5)
                {
                    yield return [id, warehouse, random.Next(1, 200)];
                }
            }
        }
    }

    // The more a product is looked at, the more is said of it.
    private IEnumerable<object[]> Reviews()
    {
        var random = new Random(Seed);
        var review = 0;
        var most = size.Reviews / Enumerable.Range(0, size.Products).Sum(Weight);
        for (var id = 1; id <= size.Products; id++)
        {
            var quality = 2.5 + (random.NextDouble() * 2);
            var count = (int)((most * Weight(_popularity.RankOf(id))) + random.NextDouble());
            for (var i = 0; i < count; i++)
            {
                var stars = Math.Clamp((int)Math.Round(quality + (random.NextDouble() * 3) - 1.5), 1, 5);
                yield return [++review, id, stars, Pick(_delivered, random).Id, -random.Next(1000), Pick(Assortment.Opinions[stars - 1], random)];
            }
        }

        static double Weight(int rank) => Math.Pow(rank + 10, -0.6);
    }

    private IEnumerable<object[]> Views()
    {
        var random = new Random(Seed);
        for (var id = 1; id <= size.Products; id++)
        {
            var mean = ViewsOfHottest / (_popularity.RankOf(id) + 1);
            for (var day = -Days; day < 0; day++)
            {
                yield return [id, day, (int)((mean * (0.7 + (random.NextDouble() * 0.6))) + random.NextDouble())];
            }
        }
    }

    private static T Pick<T>(IReadOnlyList<T> list, Random random) => list[random.Next(list.Count)];
}
