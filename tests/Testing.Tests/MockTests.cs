using Moq;
using NSubstitute;

namespace TypedCache.Testing.Tests;

/// <summary>The interface of a client is one that mocks can stand in for.</summary>
public sealed class MockTests
{
    private static readonly Product Lamp = new("Lamp", 5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NSubstitute_stands_in_for_a_client()
    {
        var shop = Substitute.For<IShopCache>();
        shop.GetProductAsync(42, Arg.Any<CancellationToken>()).Returns(Lamp);

        Assert.Equal(Lamp, await shop.GetProductAsync(42, Token));
        await shop.Received(1).GetProductAsync(42, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Moq_stands_in_for_a_client()
    {
        var shop = new Mock<IShopCache>();
        shop.Setup(static cache => cache.GetProductAsync(42, It.IsAny<CancellationToken>())).ReturnsAsync(Lamp);

        Assert.Equal(Lamp, await shop.Object.GetProductAsync(42, Token));
        shop.Verify(static cache => cache.GetProductAsync(42, It.IsAny<CancellationToken>()), Times.Once);
    }
}
