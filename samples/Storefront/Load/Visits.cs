using System.Globalization;
using System.Net.Http.Json;
using Storefront.Endpoints;
using Storefront.Shop;

namespace Storefront.Load;

/// <summary>
/// What visitors do, drawn at random: most look at products, by Zipf's law; others at categories, front pages and price lists; some put something
/// into their baskets.
/// </summary>
/// <param name="figures">What the shop has.</param>
/// <param name="bypass">The share of the pages that are asked for without the caches.</param>
/// <param name="random">Decides.</param>
internal sealed class Visits(Figures figures, double bypass, Random random)
{
    private const int PricesAtOnce = 20;
    private const int LastPage = 3;

    private static readonly string[] Orders = ["popular", "popular", "rating", "name"];

    private readonly Popularity _popularity = new(figures.Products);

    /// <summary>A city that somebody chooses.</summary>
    public int DrawCity() => figures.Cities[random.Next(figures.Cities.Length)];

    /// <summary>The next request, and whether it goes by way of the caches.</summary>
    public (HttpRequestMessage Request, bool IsCached) Next()
    {
        var part = random.Next(100);
        if (part < 3)
        {
            return (Buy(), true);
        }

        var isCached = random.NextDouble() >= bypass;
        var page = part switch
        {
            < 60 => string.Create(CultureInfo.InvariantCulture, $"/product/{_popularity.Draw(random)}?"),
            < 80 => string.Create(
                CultureInfo.InvariantCulture,
                $"/category/{random.Next(figures.Categories) + 1}?order={Orders[random.Next(Orders.Length)]}&page={random.Next(LastPage) + 1}&"),
            < 90 => "/?",
            _ => PriceList(),
        };
        return (new HttpRequestMessage(HttpMethod.Get, isCached ? page[..^1] : $"{page}cache=off"), isCached);
    }

    private HttpRequestMessage Buy() => new(HttpMethod.Post, "/api/basket")
    {
        Content = JsonContent.Create(new BasketAddition(_popularity.Draw(random)), ShopJson.Default.BasketAddition),
    };

    private string PriceList()
    {
        var products = Enumerable.Range(0, PricesAtOnce).Select(_ => string.Create(CultureInfo.InvariantCulture, $"id={_popularity.Draw(random)}&"));
        return $"/api/prices/{figures.Regions[random.Next(figures.Regions.Length)]}?{string.Concat(products)}";
    }
}
