using Storefront.Origin;
using Storefront.Shop;

namespace Storefront.Pages;

/// <summary>The pages about delivery: where to, which each visitor chooses; and how long it takes to all cities of a region.</summary>
internal static class DeliveryView
{
    private const int MostShown = 200;

    /// <summary>Writes the form to choose a city.</summary>
    public static void WriteChoice(HtmlWriter html, Places places, DeliveryCity chosen, FormToken token)
    {
        html.Write($"""
            <h1>Where shall we deliver to?</h1>
            <form method="post" action="/delivery">

            """);
        token.Write(html);
        html.Write($"<label>City <select name=\"city\">\n");
        foreach (var region in Region.All)
        {
            html.Write($"<optgroup label=\"{region.Name}\">\n");
            foreach (var city in places.Cities.Where(city => city.Region == region.Code))
            {
                html.Write($"<option value=\"{city.Id}\"{(city == chosen ? " selected" : "")}>{city.Name}</option>\n");
            }

            html.Write($"</optgroup>\n");
        }

        html.Write($"</select></label>\n<button>Deliver there</button>\n</form>\n<h2>How long it takes</h2>\n<ul class=\"categories\">\n");
        foreach (var region in Region.All)
        {
            html.Write($"<li><a href=\"/delivery/{region.Code}\">{region.Name}</a></li>\n");
        }

        html.Write($"</ul>\n");
    }

    /// <summary>Writes how long it takes to the cities of a region.</summary>
    public static void WriteTimes(HtmlWriter html, Places places, Region region, IReadOnlyList<DeliveryCity> cities)
    {
        var deliveries = cities.Select(city => (City: city, Delivery: Delivery.Nearest(places.Warehouses, city)!)).ToList();
        html.Write($"""
            <h1>Delivery in {region.Name}</h1>
            <p>{cities.Count:N0} cities, of which {deliveries.Count(static delivery => delivery.Delivery.Days <= 1):N0} are reached in a day. The largest:</p>
            <table>
            <thead><tr><th>City</th><th>Inhabitants</th><th>Warehouse</th><th>Distance</th><th>Days</th></tr></thead>
            <tbody>

            """);
        foreach (var (city, delivery) in deliveries.Take(MostShown))
        {
            html.Write($"<tr><td>{city.Name}</td><td>{city.Population:N0}</td><td>{delivery.From.Name}</td><td>{delivery.Kilometres:N0} km</td><td>{delivery.Days}</td></tr>\n");
        }

        html.Write($"</tbody>\n</table>\n");
    }
}
