using MessagePack;

namespace Storefront.Shop;

/// <summary>A product in a list.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Category">The number of its category.</param>
/// <param name="Stars">The mean of its reviews; 0 if there are none.</param>
/// <param name="Reviews">How many reviews there are.</param>
[MessagePackObject]
internal sealed record ProductCard(
    [property: Key(0)] int Id,
    [property: Key(1)] string Name,
    [property: Key(2)] int Category,
    [property: Key(3)] double Stars,
    [property: Key(4)] int Reviews);
