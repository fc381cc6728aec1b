using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace TypedCache.FusionCache;

/// <summary>Gives a FusionCache its distributed locker over memcached.</summary>
public static class FusionCacheLockerExtensions
{
    /// <summary>Lets one instance of the fleet run a factory, by locks on the servers of the registered <see cref="MemcachedPool"/>.</summary>
    /// <param name="builder">The cache.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="serviceKey">The key under which the pool is registered, if it has one.</param>
    /// <remarks>FusionCache takes a lock only where it has a distributed cache too: <c>WithRegisteredDistributedCache()</c>.</remarks>
    public static IFusionCacheBuilder WithTypedCacheDistributedLocker(
        this IFusionCacheBuilder builder, Action<TypedCacheDistributedLockerOptions>? configure = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new TypedCacheDistributedLockerOptions();
        configure?.Invoke(options);
        return builder.WithDistributedLocker(services => new TypedCacheDistributedLocker(
            serviceKey is null ? services.GetRequiredService<MemcachedPool>() : services.GetRequiredKeyedService<MemcachedPool>(serviceKey), options));
    }
}
