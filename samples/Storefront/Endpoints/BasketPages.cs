using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Storefront.Caches;
using Storefront.Origin;
using Storefront.Pages;

namespace Storefront.Endpoints;

/// <summary>The page of the basket, and the forms that change it. Forms without the token of a page of ours are refused.</summary>
internal sealed class BasketPages(Catalog catalog, Baskets baskets, Places places, IAntiforgery antiforgery)
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/basket", static (HttpContext context, BasketPages pages) => pages.ShowAsync(context));
        endpoints.MapPost(
            "/basket/add",
            static (HttpContext context, BasketPages pages, [FromForm] int product, [FromForm] int quantity) => pages.AddAsync(context, product, quantity));
        endpoints.MapPost(
            "/basket/change",
            static (HttpContext context, BasketPages pages, [FromForm] int product, [FromForm] int quantity) => pages.ChangeAsync(context, product, quantity));
    }

    private async Task<ContentHttpResult> ShowAsync(HttpContext context)
    {
        var visitor = await Visitor.OfAsync(context, places);
        var basket = await baskets.ReadAsync(visitor.Id, context.RequestAborted);
        int[] products = [.. basket.Lines.Select(static line => line.Product)];
        var prices = await catalog.FindPricesAsync(visitor.City.Region, products, cached: true, context.RequestAborted);
        var token = FormToken.Of(context, antiforgery);
        return Html.Page(new PageFrame("Basket", visitor.City, basket.Count), html => BasketView.Write(html, basket, prices, visitor.Region, token));
    }

    private async Task<Results<RedirectHttpResult, ContentHttpResult>> AddAsync(HttpContext context, int id, int quantity)
    {
        if (await catalog.FindProductAsync(id, cached: true, context.RequestAborted) is not { } product)
        {
            return Html.NotFound($"product {id}");
        }

        var visitor = await Visitor.OfAsync(context, places);
        await baskets.ChangeAsync(visitor.Id, basket => basket.Add(id, product.Name, Math.Clamp(quantity, 1, 99)), context.RequestAborted);
        return TypedResults.LocalRedirect("/basket");
    }

    private async Task<Results<RedirectHttpResult, ContentHttpResult>> ChangeAsync(HttpContext context, int id, int quantity)
    {
        if (await catalog.FindProductAsync(id, cached: true, context.RequestAborted) is not { } product)
        {
            return Html.NotFound($"product {id}");
        }

        var visitor = await Visitor.OfAsync(context, places);
        await baskets.ChangeAsync(visitor.Id, basket => basket.Set(id, product.Name, quantity), context.RequestAborted);
        return TypedResults.LocalRedirect("/basket");
    }
}
