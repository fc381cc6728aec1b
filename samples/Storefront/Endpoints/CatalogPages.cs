using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Storefront.Caches;
using Storefront.Origin;
using Storefront.Pages;
using Storefront.Shop;

namespace Storefront.Endpoints;

/// <summary>The pages to look around: the front page, the categories and the products. With <c>?cache=off</c> they ask the database alone.</summary>
internal sealed class CatalogPages(Catalog catalog, Baskets baskets, Views views, Places places, CountedOrigin origin, PageTimes times, IAntiforgery antiforgery)
{
    private const string Off = "off";
    private const int LastPage = 1000;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", static (HttpContext context, CatalogPages pages, string? cache) => pages.ShowFrontAsync(context, cache != Off));
        endpoints.MapGet(
            "/category/{id:int}",
            static (HttpContext context, CatalogPages pages, int id, string? order, int? page, string? cache) =>
                pages.ShowCategoryAsync(context, id, CategoryView.OrderOf(order), Math.Clamp(page ?? 1, 1, LastPage), cache != Off));
        endpoints.MapGet("/product/{id:int}", static (HttpContext context, CatalogPages pages, int id, string? cache) => pages.ShowProductAsync(context, id, cache != Off));
    }

    private async Task<ContentHttpResult> ShowFrontAsync(HttpContext context, bool cached)
    {
        var started = Stopwatch.GetTimestamp();
        var visitor = await Visitor.OfAsync(context, places);
        var inBasket = await baskets.ReadAsync(visitor.Id, context.RequestAborted);
        var page = await catalog.FindFrontPageAsync(visitor.City.Region, cached, context.RequestAborted);
        int[] shown = [.. page.MostViewed.Concat(page.BestRated).Select(static product => product.Id).Distinct()];
        var prices = await catalog.FindPricesAsync(visitor.City.Region, shown, cached, context.RequestAborted);
        var result = Html.Page(
            Frame("Front page", visitor, inBasket, Making(context, started, cached)),
            html => FrontView.Write(html, page, prices, visitor.Region));
        PageTimes.Record(times.Front, started, cached);
        return result;
    }

    private async Task<ContentHttpResult> ShowCategoryAsync(HttpContext context, int id, CategoryOrder order, int number, bool cached)
    {
        var started = Stopwatch.GetTimestamp();
        var visitor = await Visitor.OfAsync(context, places);
        var inBasket = await baskets.ReadAsync(visitor.Id, context.RequestAborted);
        if (await catalog.FindCategoryAsync(id, order, number, cached, context.RequestAborted) is not { } page)
        {
            return Html.NotFound($"category {id}");
        }

        int[] shown = [.. page.Products.Select(static product => product.Id)];
        var prices = await catalog.FindPricesAsync(visitor.City.Region, shown, cached, context.RequestAborted);
        var result = Html.Page(
            Frame(page.Name, visitor, inBasket, Making(context, started, cached)),
            html => CategoryView.Write(html, page, order, number, prices, visitor.Region));
        PageTimes.Record(times.Category, started, cached);
        return result;
    }

    private async Task<ContentHttpResult> ShowProductAsync(HttpContext context, int id, bool cached)
    {
        var started = Stopwatch.GetTimestamp();
        var visitor = await Visitor.OfAsync(context, places);
        var inBasket = await baskets.ReadAsync(visitor.Id, context.RequestAborted);
        if (await catalog.FindProductAsync(id, cached, context.RequestAborted) is not { } product)
        {
            return Html.NotFound($"product {id}");
        }

        var counting = views.CountAsync(id, context.RequestAborted);
        int[] shown = [id, .. product.Related.Select(static related => related.Id)];
        var prices = await catalog.FindPricesAsync(visitor.City.Region, shown, cached, context.RequestAborted);
        var view = new ProductView(product, prices, visitor.City, await counting, FormToken.Of(context, antiforgery));
        var result = Html.Page(Frame(product.Name, visitor, inBasket, Making(context, started, cached)), html => view.Write(html, places));
        PageTimes.Record(times.Product, started, cached);
        return result;
    }

    private static PageFrame Frame(string title, Visitor visitor, Basket basket, PageMaking making) => new(title, visitor.City, basket.Count) { Making = making };

    private PageMaking Making(HttpContext context, long started, bool cached)
    {
        var query = context.Request.Query.Where(static parameter => parameter.Key != "cache");
        var other = context.Request.Path + (cached ? QueryString.Create(query).Add("cache", Off) : QueryString.Create(query));
        return new PageMaking(started, cached, other, origin.Delay);
    }
}
