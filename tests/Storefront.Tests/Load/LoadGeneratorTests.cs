using Storefront.Load;
using TypedCache.Storefront.Tests.Site;

namespace TypedCache.Storefront.Tests.Load;

public sealed class LoadGeneratorTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitors_see_no_failure_and_each_second_says_what_they_see()
    {
        using var output = new StringWriter();

        var tally = await new LoadGenerator(new LoadOptions(shop.Address, Rate: 100, Bypass: 0.5, TimeSpan.FromSeconds(2)), output).RunAsync(Token);

        Assert.True(tally.Errors == 0, tally.LastError);
        Assert.True(tally.On.Count > 0 && tally.Off.Count > 0, $"{output}");
        Assert.Contains("0 failed", $"{output}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_visitors_than_the_shop_can_take_wait_or_leave_and_do_not_fail()
    {
        using var output = new StringWriter();

        var tally = await new LoadGenerator(new LoadOptions(shop.Address, Rate: 20_000, Bypass: 1, TimeSpan.FromSeconds(1)), output).RunAsync(Token);

        Assert.True(tally.Errors == 0, tally.LastError);
        Assert.True(tally.Off.Count > 0, $"{output}");
    }

    [Fact]
    public async Task Where_no_shop_is_it_says_so() => await Assert.ThrowsAsync<HttpRequestException>(
        () => new LoadGenerator(new LoadOptions(new Uri("http://127.0.0.1:1"), Rate: 1, Bypass: 0, Duration: null), TextWriter.Null).RunAsync(Token));
}
