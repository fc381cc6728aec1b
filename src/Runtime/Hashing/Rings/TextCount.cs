namespace TypedCache.Hashing;

/// <summary>How many texts a server has on a ring.</summary>
/// <param name="weight">The weight of the server.</param>
/// <param name="totalWeight">The sum of all weights.</param>
/// <param name="servers">How many servers there are.</param>
internal delegate int TextCount(int weight, int totalWeight, int servers);
