using System.Collections.Immutable;
using MessagePack;

namespace Storefront.Shop;

/// <summary>What the front page shows to all visitors of a region. Nothing in it can change, so that all callers can share one object.</summary>
/// <param name="MostViewed">The products that were looked at most in the last week.</param>
/// <param name="BestRated">The products with the best reviews.</param>
/// <param name="Categories">All categories.</param>
[MessagePackObject]
internal sealed record FrontPage(
    [property: Key(0)] ImmutableArray<ProductCard> MostViewed,
    [property: Key(1)] ImmutableArray<ProductCard> BestRated,
    [property: Key(2)] ImmutableArray<Category> Categories);

/// <summary>A category.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Products">How many products it has.</param>
[MessagePackObject]
internal sealed record Category([property: Key(0)] int Id, [property: Key(1)] string Name, [property: Key(2)] int Products);
