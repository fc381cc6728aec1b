using Storefront.Shop;

namespace Storefront.Pages;

/// <summary>The front page.</summary>
internal static class FrontView
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter html, FrontPage page, IReadOnlyDictionary<int, Price> prices, Region region)
    {
        html.Write($"""
            <h1>Most looked at in {region.Name}</h1>

            """);
        ProductList.Write(html, page.MostViewed, prices, region);
        html.Write($"<h2>Best reviews</h2>\n");
        ProductList.Write(html, page.BestRated, prices, region);
        html.Write($"<h2>All categories</h2>\n<ul class=\"categories\">\n");
        foreach (var category in page.Categories)
        {
            html.Write($"<li><a href=\"/category/{category.Id}\">{category.Name}</a> {category.Products:N0}</li>\n");
        }

        html.Write($"</ul>\n");
    }
}
