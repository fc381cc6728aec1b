using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;
using TypedCache.Caching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives an application its <see cref="HybridCache"/> over a registered pool.</summary>
public static class TypedCacheHybridCacheBuilderExtensions
{
    /// <summary>
    /// Registers <see cref="TypedCacheHybridCache"/> as <see cref="HybridCache"/> and under its own type, with the key of the pool if it has
    /// one. It takes the place of Microsoft's, whichever is registered first; serializers that were registered for that one are used.
    /// </summary>
    /// <param name="builder">The pool.</param>
    /// <param name="configure">Changes the options. They can also be configured as <see cref="IOptions{TOptions}"/>, by the pool's key if it has one.</param>
    public static ITypedCacheBuilder AddHybridCache(this ITypedCacheBuilder builder, Action<TypedCacheHybridCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, key) = (builder.Services, builder.ServiceKey);
        var optionsName = key ?? Options.Options.DefaultName;
        var options = services.AddOptions<TypedCacheHybridCacheOptions>(optionsName);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(TypedCacheHybridCache) && Equals(service.ServiceKey, key)))
        {
            return builder;
        }

        services.AddKeyedSingleton(key, (provider, _) => new TypedCacheHybridCache(
            builder.GetPool(provider), provider.GetRequiredService<IOptionsMonitor<TypedCacheHybridCacheOptions>>().Get(optionsName), provider));
        services.AddKeyedSingleton<HybridCache>(key, static (provider, key) => key is null
            ? provider.GetRequiredService<TypedCacheHybridCache>()
            : provider.GetRequiredKeyedService<TypedCacheHybridCache>(key));
        return builder;
    }
}
