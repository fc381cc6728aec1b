using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Storefront.Caches;
using Storefront.Origin;
using Storefront.Pages;
using Storefront.Shop;

namespace Storefront.Endpoints;

/// <summary>
/// The pages about delivery. Where things go to is kept in the session, which is in the cache. How long it takes is the same for all visitors: the
/// whole page is in the output cache, which all instances of the shop share.
/// </summary>
internal sealed class DeliveryPages(Baskets baskets, Places places, CountedOrigin origin, IAntiforgery antiforgery)
{
    private static readonly TimeSpan Expires = TimeSpan.FromMinutes(10);

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/delivery", static (HttpContext context, DeliveryPages pages) => pages.ShowChoiceAsync(context));
        endpoints.MapPost("/delivery", static (HttpContext context, DeliveryPages pages, [FromForm] int city) => pages.Choose(context, city));
        endpoints.MapGet("/delivery/{code}", static (HttpContext context, DeliveryPages pages, string code) => pages.ShowTimesAsync(context, code))
            .CacheOutput(static policy => policy.Expire(Expires).SetVaryByQuery([]).Tag("delivery"));
    }

    private async Task<ContentHttpResult> ShowChoiceAsync(HttpContext context)
    {
        var visitor = await Visitor.OfAsync(context, places);
        var basket = await baskets.ReadAsync(visitor.Id, context.RequestAborted);
        var token = FormToken.Of(context, antiforgery);
        return Html.Page(new PageFrame("Delivery", visitor.City, basket.Count), html => DeliveryView.WriteChoice(html, places, visitor.City, token));
    }

    private Results<RedirectHttpResult, ContentHttpResult> Choose(HttpContext context, int id)
    {
        if (places.FindCity(id) is not { } city)
        {
            return Html.NotFound($"city {id}");
        }

        Visitor.Choose(context.Session, city);
        return TypedResults.LocalRedirect("/");
    }

    private async Task<ContentHttpResult> ShowTimesAsync(HttpContext context, string code)
    {
        if (Region.Find(code) is not { } region)
        {
            return Html.NotFound($"region {code}");
        }

        var cities = await origin.LoadCitiesAsync(region.Code, context.RequestAborted);
        return Html.Page(new PageFrame($"Delivery in {region.Name}"), html => DeliveryView.WriteTimes(html, places, region, cities));
    }
}
