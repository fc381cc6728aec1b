using Storefront.Shop;

namespace Storefront.Pages;

/// <summary>A list of products with what they cost in the visitor's region.</summary>
internal static class ProductList
{
    private const int Tints = 8;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter html, IEnumerable<ProductCard> products, IReadOnlyDictionary<int, Price> prices, Region region)
    {
        html.Write($"<ul class=\"products\">\n");
        foreach (var product in products)
        {
            html.Write($"""
                <li><a href="/product/{product.Id}"><span class="picture tint{product.Category % Tints}" aria-hidden="true">{product.Name[..1]}</span>
                <span class="title">{product.Name}</span></a>

                """);
            WriteStars(html, product.Stars, product.Reviews);
            if (prices.TryGetValue(product.Id, out var price))
            {
                WritePrice(html, price, region);
            }

            html.Write($"</li>\n");
        }

        html.Write($"</ul>\n");
    }

    /// <summary>Writes what something costs.</summary>
    public static void WritePrice(HtmlWriter html, Price price, Region region)
    {
        html.Write($"<span class=\"price\"><strong>{region.Show(price.Now)}</strong>");
        if (price.Percent > 0)
        {
            html.Write($" <s>{region.Show(price.Regular)}</s> -{price.Percent} %");
        }

        html.Write($"</span>\n");
    }

    /// <summary>Writes how it is liked.</summary>
    public static void WriteStars(HtmlWriter html, double stars, int reviews)
    {
        if (reviews == 0)
        {
            html.Write($"<span class=\"stars\">No reviews yet</span>\n");
        }
        else
        {
            html.Write($"<span class=\"stars\">{stars:0.0} of 5, {reviews:N0} reviews</span>\n");
        }
    }
}
