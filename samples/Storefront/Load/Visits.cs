using System.Globalization;
using System.Net.Http.Json;
using Storefront.Endpoints;
using Storefront.Shop;

namespace Storefront.Load;

/// <summary>
/// What visitors do, drawn at random: most look at products, others at categories, front pages and price lists; some put something into their
/// baskets. Whatever there is to choose from is chosen by Zipf's law.
/// </summary>
/// <param name="figures">What the shop has.</param>
/// <param name="bypass">The share of the pages that are asked for without the caches.</param>
/// <param name="random">Decides.</param>
internal sealed class Visits(Figures figures, double bypass, Random random)
{
    private const int PricesAtOnce = 20;
    private const int LastPage = 3;

    private static readonly string[] Orders = ["popular", "rating", "name"];

    private readonly Popularity _products = new(figures.Products);
    private readonly Popularity _categories = new(figures.Categories);
    private readonly Popularity _cities = new(figures.Cities.Length);
    private readonly Popularity _orders = new(Orders.Length);
    private readonly Popularity _pages = new(LastPage);
    private readonly Popularity _regions = new(figures.Regions.Length);

    /// <summary>A city that somebody chooses.</summary>
    public int DrawCity() => figures.Cities[_cities.Draw(random) - 1];

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
            < 60 => string.Create(CultureInfo.InvariantCulture, $"/product/{_products.Draw(random)}?"),
            < 80 => string.Create(
                CultureInfo.InvariantCulture,
                $"/category/{_categories.Draw(random)}?order={Orders[_orders.Draw(random) - 1]}&page={_pages.Draw(random)}&"),
            < 90 => "/?",
            _ => PriceList(),
        };
        return (new HttpRequestMessage(HttpMethod.Get, isCached ? page[..^1] : $"{page}cache=off"), isCached);
    }

    private HttpRequestMessage Buy() => new(HttpMethod.Post, "/api/basket")
    {
        Content = JsonContent.Create(new BasketAddition(_products.Draw(random)), ShopJson.Default.BasketAddition),
    };

    private string PriceList()
    {
        var products = Enumerable.Range(0, PricesAtOnce).Select(_ => string.Create(CultureInfo.InvariantCulture, $"id={_products.Draw(random)}&"));
        return $"/api/prices/{figures.Regions[_regions.Draw(random) - 1]}?{string.Concat(products)}";
    }
}
