using MessagePack;

namespace Atlas;

/// <summary>A large city near another one.</summary>
/// <param name="Id">Its GeoNames id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Country">The ISO 3166-1 code of its country.</param>
/// <param name="Kilometers">How far it is, in a straight line.</param>
[MessagePackObject]
public sealed record NearbyCity(
    [property: Key(0)] int Id,
    [property: Key(1)] string Name,
    [property: Key(2)] string Country,
    [property: Key(3)] int Kilometers);
