using MessagePack;

namespace Storefront.Shop;

/// <summary>What the page of a product shows of it to all visitors.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Category">The number of its category.</param>
/// <param name="CategoryName">The name of its category.</param>
/// <param name="Description">What it is.</param>
/// <param name="Grams">What it weighs.</param>
/// <param name="Stars">How many reviews gave one star, two, and so on.</param>
/// <param name="Reviews">The newest reviews.</param>
/// <param name="Stock">Where it is in stock.</param>
/// <param name="WeeklyViews">How often it was looked at in the last week.</param>
/// <param name="Position">Its position in its category by that, from 1 on.</param>
/// <param name="Related">What else is liked in its category.</param>
[MessagePackObject]
internal sealed record Product(
    [property: Key(0)] int Id,
    [property: Key(1)] string Name,
    [property: Key(2)] int Category,
    [property: Key(3)] string CategoryName,
    [property: Key(4)] string Description,
    [property: Key(5)] int Grams,
    [property: Key(6)] int[] Stars,
    [property: Key(7)] Review[] Reviews,
    [property: Key(8)] StockLevel[] Stock,
    [property: Key(9)] int WeeklyViews,
    [property: Key(10)] int Position,
    [property: Key(11)] ProductCard[] Related);

/// <summary>What somebody wrote of a product.</summary>
/// <param name="Stars">From 1 to 5.</param>
/// <param name="Text">The words.</param>
/// <param name="City">Where it was written.</param>
[MessagePackObject]
internal sealed record Review([property: Key(0)] int Stars, [property: Key(1)] string Text, [property: Key(2)] string City);

/// <summary>How many of a product a warehouse has.</summary>
/// <param name="Warehouse">The number of the warehouse.</param>
/// <param name="Quantity">How many.</param>
[MessagePackObject]
internal sealed record StockLevel([property: Key(0)] int Warehouse, [property: Key(1)] int Quantity);
