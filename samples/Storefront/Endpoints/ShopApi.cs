using Microsoft.AspNetCore.Http.HttpResults;
using Storefront.Caches;
using Storefront.Origin;
using Storefront.Shop;

namespace Storefront.Endpoints;

/// <summary>
/// The shop for programs. What changes something takes JSON alone: no form of another site can send that, and no script of one without asking first,
/// which is refused.
/// </summary>
internal sealed class ShopApi(Catalog catalog, Baskets baskets, Places places, CountedOrigin origin, ShopSize size)
{
    private const string Off = "off";
    private const int MostPrices = 100;

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api");
        api.MapGet("/products/{id:int}", static (HttpContext context, ShopApi shop, int id, string? cache) => shop.GetProductAsync(context, id, cache != Off));
        api.MapGet(
            "/prices/{code}", static (HttpContext context, ShopApi shop, string code, int[] id, string? cache) => shop.GetPricesAsync(context, code, id, cache != Off));
        api.MapGet("/basket", static (HttpContext context, ShopApi shop) => shop.GetBasketAsync(context));
        api.MapPost("/basket", static (HttpContext context, ShopApi shop, BasketAddition addition) => shop.AddAsync(context, addition));
        api.MapPost("/delivery", static (HttpContext context, ShopApi shop, DeliveryChoice choice) => shop.Choose(context, choice));
        api.MapGet("/figures", static (ShopApi shop) => shop.GetFigures());
    }

    private async Task<Results<Ok<Product>, NotFound>> GetProductAsync(HttpContext context, int id, bool cached) =>
        await catalog.FindProductAsync(id, cached, context.RequestAborted) is { } product ? TypedResults.Ok(product) : TypedResults.NotFound();

    private async Task<Results<Ok<Dictionary<int, Price>>, NotFound, BadRequest<string>>> GetPricesAsync(HttpContext context, string code, int[] ids, bool cached)
    {
        if (Region.Find(code) is null)
        {
            return TypedResults.NotFound();
        }

        if (ids.Length is 0 or > MostPrices)
        {
            return TypedResults.BadRequest($"Name 1 to {MostPrices} products, such as ?id=1&id=2.");
        }

        var prices = await catalog.FindPricesAsync(code, [.. ids.Distinct()], cached, context.RequestAborted);
        return TypedResults.Ok(new Dictionary<int, Price>(prices));
    }

    private async Task<Ok<Basket>> GetBasketAsync(HttpContext context)
    {
        var visitor = await Visitor.OfAsync(context, places);
        return TypedResults.Ok(await baskets.ReadAsync(visitor.Id, context.RequestAborted));
    }

    private async Task<Results<Ok<Basket>, NotFound>> AddAsync(HttpContext context, BasketAddition addition)
    {
        if (await catalog.FindProductAsync(addition.Product, cached: true, context.RequestAborted) is not { } product)
        {
            return TypedResults.NotFound();
        }

        var visitor = await Visitor.OfAsync(context, places);
        var quantity = Math.Clamp(addition.Quantity, 1, 99);
        return TypedResults.Ok(await baskets.ChangeAsync(visitor.Id, basket => basket.Add(product.Id, product.Name, quantity), context.RequestAborted));
    }

    private Results<NoContent, NotFound> Choose(HttpContext context, DeliveryChoice choice)
    {
        if (places.FindCity(choice.City) is not { } city)
        {
            return TypedResults.NotFound();
        }

        Visitor.Choose(context.Session, city);
        return TypedResults.NoContent();
    }

    private Figures GetFigures() => new(
        size.Products,
        Assortment.Categories.Count,
        [.. places.Cities.Select(static city => city.Id)],
        [.. Region.All.Select(static region => region.Code)],
        catalog.Asked,
        catalog.Created,
        origin.Queries);
}

/// <summary>What is put into a basket.</summary>
/// <param name="Product">The number of the product.</param>
/// <param name="Quantity">How many.</param>
internal sealed record BasketAddition(int Product, int Quantity = 1);

/// <summary>Where things are to be delivered to.</summary>
/// <param name="City">The id of the city.</param>
internal sealed record DeliveryChoice(int City);

/// <summary>What there is, and what has been done since the shop opened.</summary>
/// <param name="Products">How many products there are, numbered from 1 on.</param>
/// <param name="Categories">How many categories there are, numbered from 1 on.</param>
/// <param name="Cities">The cities that visitors can choose.</param>
/// <param name="Regions">The codes of the regions.</param>
/// <param name="Asked">How many values the caches were asked for.</param>
/// <param name="Created">How many of them had to be created.</param>
/// <param name="Queries">How often the database was asked, also by those who did not ask the caches.</param>
internal sealed record Figures(int Products, int Categories, int[] Cities, string[] Regions, long Asked, long Created, long Queries);
