using Storefront.Shop;

namespace Storefront.Pages;

/// <summary>The page of a basket.</summary>
internal static class BasketView
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter html, Basket basket, IReadOnlyDictionary<int, Price> prices, Region region, FormToken token)
    {
        html.Write($"<h1>Basket</h1>\n");
        if (basket.Lines.Length == 0)
        {
            html.Write($"<p>There is nothing in it. <a href=\"/\">Look around</a>.</p>\n");
            return;
        }

        html.Write($"<table>\n<thead><tr><th>Product</th><th>Quantity</th><th>Price</th></tr></thead>\n<tbody>\n");
        foreach (var line in basket.Lines)
        {
            WriteLine(html, line, prices.GetValueOrDefault(line.Product), region, token);
        }

        var sum = basket.Lines.Sum(line => (prices.GetValueOrDefault(line.Product)?.Now ?? 0) * line.Quantity);
        html.Write($"</tbody>\n<tfoot><tr><th>Sum</th><td>{basket.Count:N0}</td><td>{region.Show(sum)}</td></tr></tfoot>\n</table>\n");
    }

    private static void WriteLine(HtmlWriter html, BasketLine line, Price? price, Region region, FormToken token)
    {
        html.Write($"""
            <tr><td><a href="/product/{line.Product}">{line.Name}</a></td>
            <td><form method="post" action="/basket/change">

            """);
        token.Write(html);
        html.Write($"""
            <input type="hidden" name="product" value="{line.Product}">
            <input type="number" name="quantity" value="{line.Quantity}" min="0" max="99" required aria-label="Quantity of {line.Name}">
            <button>Change</button>
            </form></td>

            """);
        html.Write($"<td>{(price is null ? "-" : region.Show(price.Now * line.Quantity))}</td></tr>\n");
    }
}
