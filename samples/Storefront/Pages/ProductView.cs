using Storefront.Origin;
using Storefront.Shop;

namespace Storefront.Pages;

/// <summary>The page of a product.</summary>
/// <param name="Product">The product.</param>
/// <param name="Prices">What it and those related to it cost.</param>
/// <param name="City">Where it would be delivered to.</param>
/// <param name="Views">How often it was looked at since the counter began; null: not known now.</param>
/// <param name="Token">Proves that a form is from this page.</param>
internal sealed record ProductView(Product Product, IReadOnlyDictionary<int, Price> Prices, DeliveryCity City, ulong? Views, FormToken Token)
{
    /// <summary>Writes it.</summary>
    public void Write(HtmlWriter html, Places places)
    {
        var region = Region.Find(City.Region)!;
        html.Write($"""
            <p class="path"><a href="/">All categories</a> / <a href="/category/{Product.Category}">{Product.CategoryName}</a></p>
            <h1>{Product.Name}</h1>
            <div class="product">
            <div>
            <p>{Product.Description}</p>
            <p>{Product.Grams:N0} g. Position {Product.Position:N0} in {Product.CategoryName}, looked at {Product.WeeklyViews:N0} times last week

            """);
        if (Views is { } views)
        {
            html.Write($", and {(long)views:N0} times since this shop opened");
        }

        html.Write($".</p>\n</div>\n<div class=\"offer\">\n");
        WriteOffer(html, region, places);
        html.Write($"</div>\n</div>\n<h2>Reviews</h2>\n");
        WriteReviews(html);
        html.Write($"<h2>Liked in {Product.CategoryName}</h2>\n");
        ProductList.Write(html, Product.Related, Prices, region);
    }

    private void WriteOffer(HtmlWriter html, Region region, Places places)
    {
        if (Prices.TryGetValue(Product.Id, out var price))
        {
            ProductList.WritePrice(html, price, region);
            html.Write($"<p>Lowest price of the last 30 days: {region.Show(price.Lowest)}.</p>\n");
        }

        if (Delivery.Nearest(Product.Stock.Select(stock => places.Warehouse(stock.Warehouse)), City) is { } delivery)
        {
            html.Write($"""
                <p>In {City.Name} in {delivery.Days} days, from our warehouse in {delivery.From.Name}, {delivery.Kilometres:N0} km away.</p>
                <form method="post" action="/basket/add">

                """);
            Token.Write(html);
            html.Write($"""
                <input type="hidden" name="product" value="{Product.Id}">
                <label>Quantity <input type="number" name="quantity" value="1" min="1" max="99" required></label>
                <button>Add to basket</button>
                </form>

                """);
        }
        else
        {
            html.Write($"<p>Sold out in all warehouses.</p>\n");
        }
    }

    private void WriteReviews(HtmlWriter html)
    {
        var count = Product.Stars.Sum();
        ProductList.WriteStars(html, count == 0 ? 0 : (double)Product.Stars.Select(static (reviews, star) => reviews * (star + 1)).Sum() / count, count);
        html.Write($"<ul class=\"reviews\">\n");
        foreach (var review in Product.Reviews)
        {
            html.Write($"<li><strong>{review.Stars} of 5</strong> {review.Text} <em>{review.City}</em></li>\n");
        }

        html.Write($"</ul>\n");
    }
}
