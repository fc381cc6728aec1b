using MessagePack;

namespace Atlas;

/// <summary>A line of a price list: what a delivery from a country's largest city to one of its regions costs.</summary>
/// <param name="Region">The code of the region.</param>
/// <param name="Largest">Its largest city, to which it goes.</param>
/// <param name="Inhabitants">How many people live in the cities of the region.</param>
/// <param name="Cents">The price.</param>
[MessagePackObject]
public sealed record RegionPrice(
    [property: Key(0)] string Region,
    [property: Key(1)] string Largest,
    [property: Key(2)] long Inhabitants,
    [property: Key(3)] int Cents)
{
    private const int Base = 490;
    private const int PerKilometer = 2;

    /// <summary>The price for a distance.</summary>
    public static int CentsFor(int kilometers) => Base + PerKilometer * kilometers;
}
