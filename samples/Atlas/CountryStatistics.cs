using MessagePack;

namespace Atlas;

/// <summary>What a page about a country says of its cities.</summary>
/// <param name="Country">Its ISO 3166-1 code.</param>
/// <param name="Cities">How many cities there are.</param>
/// <param name="Regions">How many regions they are in.</param>
/// <param name="Inhabitants">How many people live in them.</param>
/// <param name="Largest">The largest city.</param>
/// <param name="MedianInhabitants">The inhabitants of the city in the middle of the ranking.</param>
/// <param name="CitiesWithHalf">How many of the largest cities have half of the inhabitants.</param>
[MessagePackObject]
public sealed record CountryStatistics(
    [property: Key(0)] string Country,
    [property: Key(1)] int Cities,
    [property: Key(2)] int Regions,
    [property: Key(3)] long Inhabitants,
    [property: Key(4)] string Largest,
    [property: Key(5)] int MedianInhabitants,
    [property: Key(6)] int CitiesWithHalf);
