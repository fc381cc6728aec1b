using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedCache;
using TypedCache.Caching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers an <see cref="IDistributedCache"/> over a pool.</summary>
public static class TypedCacheDistributedCacheExtensions
{
    /// <summary>
    /// Registers a <see cref="TypedCacheDistributedCache"/> over the pool as the application's <see cref="IDistributedCache"/>, in place of
    /// one that is registered already. Under the pool's key, if it has one, and then only under it.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// Changes how values are stored. The options are named as the pool's key is. Their clock is the application's
    /// <see cref="TimeProvider"/>, if it has one.
    /// </param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static ITypedCacheBuilder AddDistributedCache(this ITypedCacheBuilder builder, Action<TypedCacheDistributedCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<TypedCacheDistributedCacheOptions>(builder.ServiceKey)
            .Configure<IServiceProvider>(static (options, services) => options.TimeProvider = services.GetService<TimeProvider>() ?? options.TimeProvider)
            .Configure(options => configure?.Invoke(options));
        builder.Services.AddKeyedSingleton<IDistributedCache>(
            builder.ServiceKey, (services, _) => Create(services, builder.GetPool(services), builder.ServiceKey ?? Options.Options.DefaultName));
        return builder;
    }

    private static TypedCacheDistributedCache Create(IServiceProvider services, MemcachedPool pool, string name) => new(
        pool,
        services.GetRequiredService<IOptionsMonitor<TypedCacheDistributedCacheOptions>>().Get(name),
        services.GetService<ILogger<TypedCacheDistributedCache>>());
}
