namespace TypedCache.Hashing;

/// <summary>The hash strategies of pecl-memcache (ini setting <c>memcache.hash_strategy</c>), and one of its own.</summary>
public static class HashStrategies
{
    /// <summary>Remainder of a division: the default of pecl-memcache 2. Adding or removing a server moves most keys.</summary>
    public static HashStrategyFactory Standard { get; } = static (servers, function) => new StandardHashStrategy(servers, function);

    /// <summary>A ring of points: the default of pecl-memcache 3 to 8. Adding or removing a server moves only its share of the keys.</summary>
    public static HashStrategyFactory Consistent { get; } = static (servers, function) => new ConsistentHashStrategy(servers, function);

    /// <summary>
    /// Rendezvous hashing (<see cref="RendezvousHashStrategy"/>): shares as the weights say, within 1 %, and a server that comes or goes moves
    /// only the keys that it gets or loses. For clusters that no PHP client shares; to find a key's server takes a nanosecond or two for
    /// each server.
    /// </summary>
    /// <remarks>Not created with the others, so that a native program that does not ask for it is without it.</remarks>
    public static HashStrategyFactory Rendezvous => static (servers, function) => new RendezvousHashStrategy(servers, function);
}
