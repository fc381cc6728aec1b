using Storefront.Origin;
using Storefront.Shop;

namespace Storefront.Endpoints;

/// <summary>Who asks: by a cookie of ours, and the session.</summary>
/// <param name="Id">The number of the visitor, which nobody can guess.</param>
/// <param name="City">Where things are delivered to.</param>
internal sealed record Visitor(Guid Id, DeliveryCity City)
{
    private const string Cookie = "visitor";
    private const string CityKey = "city";

    private static readonly CookieOptions Options = new() { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = TimeSpan.FromDays(30) };

    /// <summary>The region of the city.</summary>
    public Region Region => Region.Find(City.Region)!;

    /// <summary>Finds out who asks. Somebody new gets a number.</summary>
    public static async ValueTask<Visitor> OfAsync(HttpContext context, Places places)
    {
        if (!Guid.TryParseExact(context.Request.Cookies[Cookie], "N", out var id))
        {
            id = Guid.NewGuid();
            context.Response.Cookies.Append(Cookie, id.ToString("N"), Options);
        }

        await context.Session.LoadAsync(context.RequestAborted);
        return new Visitor(id, (context.Session.GetInt32(CityKey) is { } city ? places.FindCity(city) : null) ?? places.Default);
    }

    /// <summary>Remembers where things are delivered to.</summary>
    public static void Choose(ISession session, DeliveryCity city) => session.SetInt32(CityKey, city.Id);
}
