using MessagePack;

namespace Storefront.Shop;

/// <summary>A page of a category.</summary>
/// <param name="Category">The number of the category.</param>
/// <param name="Name">Its name.</param>
/// <param name="Total">How many products it has.</param>
/// <param name="Products">Those on the page.</param>
[MessagePackObject]
internal sealed record CategoryPage(
    [property: Key(0)] int Category, [property: Key(1)] string Name, [property: Key(2)] int Total, [property: Key(3)] ProductCard[] Products)
{
    /// <summary>How many products a page has.</summary>
    public const int Size = 24;
}

/// <summary>The order of the products of a category.</summary>
internal enum CategoryOrder
{
    /// <summary>Those that are looked at most come first.</summary>
    Popular,

    /// <summary>The best reviews come first.</summary>
    Rating,

    /// <summary>By name.</summary>
    Name,
}
