namespace TypedCache.Hashing;

/// <summary>The hash strategies of pecl-memcache (ini setting <c>memcache.hash_strategy</c>).</summary>
public static class HashStrategies
{
    /// <summary>Remainder of a division: the default of pecl-memcache 2. Adding or removing a server moves most keys.</summary>
    public static HashStrategyFactory Standard { get; } = static (servers, function) => new StandardHashStrategy(servers, function);

    /// <summary>A ring of points: the default of pecl-memcache 3 to 8. Adding or removing a server moves only its share of the keys.</summary>
    public static HashStrategyFactory Consistent { get; } = static (servers, function) => new ConsistentHashStrategy(servers, function);
}
