using Storefront.Shop;

namespace Storefront.Pages;

/// <summary>A page of a category.</summary>
internal static class CategoryView
{
    private static readonly CategoryOrder[] Orders = Enum.GetValues<CategoryOrder>();

    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter html, CategoryPage page, CategoryOrder order, int number, IReadOnlyDictionary<int, Price> prices, Region region)
    {
        html.Write($"""
            <p class="path"><a href="/">All categories</a></p>
            <h1>{page.Name}</h1>
            <p class="orders">{page.Total:N0} products. Order:

            """);
        foreach (var other in Orders)
        {
            if (other == order)
            {
                html.Write($"<strong>{NameOf(other)}</strong>\n");
            }
            else
            {
                html.Write($"<a href=\"/category/{page.Category}?order={NameOf(other)}\">{NameOf(other)}</a>\n");
            }
        }

        html.Write($"</p>\n");
        ProductList.Write(html, page.Products, prices, region);
        html.Write($"<p class=\"pages\">");
        if (number > 1)
        {
            html.Write($"<a rel=\"prev\" href=\"/category/{page.Category}?order={NameOf(order)}&amp;page={number - 1}\">Previous page</a> ");
        }

        html.Write($"Page {number}");
        if (number * CategoryPage.Size < page.Total)
        {
            html.Write($" <a rel=\"next\" href=\"/category/{page.Category}?order={NameOf(order)}&amp;page={number + 1}\">Next page</a>");
        }

        html.Write($"</p>\n");
    }

    /// <summary>The order in an address.</summary>
    public static string NameOf(CategoryOrder order) => order switch
    {
        CategoryOrder.Rating => "rating",
        CategoryOrder.Name => "name",
        _ => "popular",
    };

    /// <summary>The order that an address names; that by popularity if it names none.</summary>
    public static CategoryOrder OrderOf(string? name) => Array.Find(Orders, order => NameOf(order) == name);
}
