namespace TypedCache.Hashing;

/// <summary>Creates a strategy for a list of servers.</summary>
/// <param name="servers">The servers in the order in which they were added; the order can decide which of them gets a key.</param>
/// <param name="function">The hash function of keys and, if the strategy has any, of points.</param>
/// <exception cref="ArgumentException">The list is empty, or a weight is not valid.</exception>
public delegate IHashStrategy HashStrategyFactory(IReadOnlyList<HashServer> servers, IHashFunction function);
