using MessagePack;

namespace Atlas;

/// <summary>A city of the GeoNames gazetteer; see Data/README.md.</summary>
/// <param name="Id">Its GeoNames id.</param>
/// <param name="Name">Its name, in its own spelling.</param>
/// <param name="Country">The ISO 3166-1 code of its country, such as <c>JP</c>.</param>
/// <param name="Region">The code of its first-order administrative division.</param>
/// <param name="Feature">Its GeoNames feature code: <c>PPLC</c> is a capital.</param>
/// <param name="Population">Its inhabitants.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
[MessagePackObject]
public sealed record City(
    [property: Key(0)] int Id,
    [property: Key(1)] string Name,
    [property: Key(2)] string Country,
    [property: Key(3)] string Region,
    [property: Key(4)] string Feature,
    [property: Key(5)] int Population,
    [property: Key(6)] double Latitude,
    [property: Key(7)] double Longitude);
