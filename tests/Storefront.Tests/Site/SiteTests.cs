using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Storefront.Shop;
using TypedCache.Storefront.Tests.Origin;

namespace TypedCache.Storefront.Tests.Site;

/// <summary>The whole shop on a real port: what its visitors see.</summary>
public sealed class SiteTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private const string Probe = "\"><script>alert(1)</script><b onclick='x'>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "Most looked at in Germany")]
    [InlineData("/?cache=off", "Most looked at in Germany")]
    [InlineData("/category/1", "Chairs & Stools")]
    [InlineData("/category/1?order=rating&page=2", "Chairs & Stools")]
    [InlineData("/category/1?order=name&cache=off", "Chairs & Stools")]
    [InlineData("/category/38?page=1000", "Monitors & Cables")]
    [InlineData("/basket", "Basket")]
    [InlineData("/delivery", "Where shall we deliver to?")]
    [InlineData("/delivery/JP", "Delivery in Japan")]
    public async Task Each_page_is_there(string path, string headline)
    {
        using var shopper = shop.Enter();

        var page = await shopper.OpenAsync(path);

        Assert.Equal(headline, page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Every_product_has_a_page_with_its_name_as_it_is()
    {
        using var shopper = shop.Enter();
        var bolts = await shopper.OpenAsync("/category/19");
        var link = bolts.QuerySelectorAll("ul.products a").First(static link => link.TextContent.Contains('<', StringComparison.Ordinal));
        var name = link.QuerySelector(".title")!.TextContent;

        var page = await shopper.OpenAsync(link.GetAttribute("href")!);

        Assert.Equal(name, page.QuerySelector("h1")!.TextContent);
        Assert.Contains(name, page.Title!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/product/0", "product 0")]
    [InlineData("/category/41", "category 41")]
    [InlineData("/delivery/XX", "region XX")]
    [InlineData("/product/one", "page /product/one")]
    public async Task What_there_is_not_is_named(string path, string what)
    {
        using var shopper = shop.Enter();

        var page = await shopper.OpenAsync(path, HttpStatusCode.NotFound);

        Assert.Contains(what, page.QuerySelector("main p")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/{0}", HttpStatusCode.NotFound)]
    [InlineData("/delivery/{0}", HttpStatusCode.NotFound)]
    [InlineData("/product/1?{0}={0}", HttpStatusCode.OK)]
    [InlineData("/category/1?order={0}&x={0}", HttpStatusCode.OK)]
    public async Task What_a_visitor_sends_never_becomes_markup(string path, HttpStatusCode status)
    {
        using var shopper = shop.Enter();

        var page = await shopper.OpenAsync(path.Replace("{0}", Uri.EscapeDataString(Probe), StringComparison.Ordinal), status);

        Assert.Empty(page.QuerySelectorAll("b"));
    }

    [Fact]
    public async Task Forms_fill_the_basket_and_change_it()
    {
        using var shopper = shop.Enter();
        var product = await shopper.OpenAsync("/product/1");

        var basket = await shopper.SendAsync(product, changes: ("quantity", "3"));
        Assert.Equal("3", basket.QuerySelector("tfoot td")!.TextContent);
        Assert.Contains("Basket (3)", basket.QuerySelector("nav")!.TextContent, StringComparison.Ordinal);

        basket = await shopper.SendAsync(basket, changes: ("quantity", "0"));
        Assert.Contains("There is nothing in it", basket.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/basket/add", "product=1&quantity=1")]
    [InlineData("/basket/change", "product=1&quantity=1")]
    [InlineData("/delivery", "city=2950159")]
    public async Task A_form_of_another_site_is_refused(string path, string fields)
    {
        using var shopper = shop.Enter();
        await shopper.OpenAsync("/product/1");

        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(fields, Encoding.UTF8, "application/x-www-form-urlencoded") };
        using var response = await shopper.AskAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task What_any_site_could_send_does_not_change_a_basket_by_the_api(string type)
    {
        using var shopper = shop.Enter();

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/basket") { Content = new StringContent("{\"product\":1}", Encoding.UTF8, type) };
        using var response = await shopper.AskAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Where_things_are_delivered_to_is_remembered_and_decides_the_prices()
    {
        using var shopper = shop.Enter();
        var choice = await shopper.OpenAsync("/delivery");
        var tokyo = choice.QuerySelectorAll("option").Single(static option => option.TextContent == "Tokyo");

        await shopper.SendAsync(choice, changes: ("city", tokyo.GetAttribute("value")!));
        var product = await shopper.OpenAsync("/product/1");

        Assert.Contains("Deliver to Tokyo", product.QuerySelector("nav")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("JPY ", product.QuerySelector(".offer .price strong")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_the_same_for_all_is_made_once()
    {
        using var first = shop.Enter();
        using var second = shop.Enter();
        var page = await first.OpenAsync("/delivery/BR");

        // It is stored when it has been sent.
        var again = page;
        for (long queries = -1, attempt = 0; queries != shop.Queries; attempt++)
        {
            Assert.InRange(attempt, 0, 100);
            queries = shop.Queries;
            again = await second.OpenAsync("/delivery/BR?any=thing");
        }

        Assert.Equal(page.QuerySelector("main")!.InnerHtml, again.QuerySelector("main")!.InnerHtml);
    }

    [Fact]
    public async Task With_the_caches_a_page_asks_the_database_once_and_without_them_each_time()
    {
        using var shopper = shop.Enter();
        await shopper.OpenAsync("/product/77");
        var queries = shop.Queries;

        await shopper.OpenAsync("/product/77");
        Assert.Equal(queries, shop.Queries);

        var page = await shopper.OpenAsync("/product/77?cache=off");
        Assert.Equal(queries + 2, shop.Queries);
        Assert.Equal("/product/77", page.QuerySelector("footer a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Programs_get_what_the_pages_show()
    {
        using var shopper = shop.Enter();

        Assert.Equal(5, (await AskAsync("/api/products/5")).GetProperty("id").GetInt32());
        Assert.Equal(["5", "6"], (await AskAsync("/api/prices/US?id=5&id=6")).EnumerateObject().Select(static price => price.Name).Order());
        Assert.Equal(TemporaryDatabase.Size.Products, (await AskAsync("/api/figures")).GetProperty("products").GetInt32());

        using var added = await shopper.AskAsync(new HttpRequestMessage(HttpMethod.Post, "/api/basket") { Content = JsonContent.Create(new { product = 5, quantity = 2 }) });
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        Assert.Equal(2, (await AskAsync("/api/basket")).GetProperty("count").GetInt32());

        async Task<JsonElement> AskAsync(string path)
        {
            using var response = await shopper.AskAsync(new HttpRequestMessage(HttpMethod.Get, path));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        }
    }

    [Theory]
    [InlineData("/api/products/0", HttpStatusCode.NotFound)]
    [InlineData("/api/prices/XX?id=1", HttpStatusCode.NotFound)]
    [InlineData("/api/prices/DE", HttpStatusCode.BadRequest)]
    public async Task Programs_are_told_what_there_is_not(string path, HttpStatusCode status)
    {
        using var shopper = shop.Enter();

        using var response = await shopper.AskAsync(new HttpRequestMessage(HttpMethod.Get, path));

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Nothing_on_a_page_may_come_from_elsewhere()
    {
        using var shopper = shop.Enter();

        using var response = await shopper.AskAsync(new HttpRequestMessage(HttpMethod.Get, "/"));

        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.All(response.Headers.GetValues("Set-Cookie"), static cookie => Assert.Contains("httponly; ", $"{cookie}; ", StringComparison.OrdinalIgnoreCase));
    }
}
