using MessagePack;

namespace Storefront.Shop;

/// <summary>What a product costs in a region, in the smallest unit of its money.</summary>
/// <param name="Now">What it costs.</param>
/// <param name="Regular">What it costs without the best campaign that it is in.</param>
/// <param name="Lowest">The lowest price of the last 30 days.</param>
/// <param name="Percent">What the campaign takes off; 0 if there is none.</param>
[MessagePackObject]
internal sealed record Price([property: Key(0)] long Now, [property: Key(1)] long Regular, [property: Key(2)] long Lowest, [property: Key(3)] int Percent);
