using Microsoft.Extensions.Options;
using TypedCache;
using TypedCache.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="MemcachedPool"/>s.</summary>
public static class TypedCacheServiceCollectionExtensions
{
    /// <summary>
    /// Registers the pool without a key, a singleton that is created when it is first asked for and disposed with the container. Called
    /// again, it gives the same pool.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <remarks>Settings are those of the section <c>TypedCache</c>, if the container has an <c>IConfiguration</c>.</remarks>
    public static ITypedCacheBuilder AddTypedCache(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Configure(services, PoolRegistrations.Get(services, key: null), configure: null);
    }

    /// <inheritdoc cref="AddTypedCache(IServiceCollection)"/>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the settings, after those of configuration.</param>
    public static ITypedCacheBuilder AddTypedCache(this IServiceCollection services, Action<TypedCacheSettings> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return Configure(services, PoolRegistrations.Get(services, key: null), configure);
    }

    /// <summary>Registers the pool without a key, with a name in configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Its settings are in <c>TypedCache:{name}</c> and <c>ConnectionStrings:{name}</c>, after those in <c>TypedCache</c>.</param>
    /// <param name="configure">Changes the settings, after those of configuration.</param>
    /// <exception cref="ArgumentException">The name is empty, has a colon, or is that of a setting.</exception>
    /// <exception cref="InvalidOperationException">The pool without a key is registered under another name.</exception>
    public static ITypedCacheBuilder AddTypedCache(this IServiceCollection services, string name, Action<TypedCacheSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var registration = PoolRegistrations.Get(services, key: null);
        registration.TakeName(name);
        return Configure(services, registration, configure);
    }

    /// <summary>Registers a pool, and all that is added to it, under a key: <c>[FromKeyedServices("sessions")] ISessionCache</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, and the name in configuration: <c>TypedCache:{name}</c> and <c>ConnectionStrings:{name}</c>, after <c>TypedCache</c>.</param>
    /// <param name="configure">Changes the settings, after those of configuration.</param>
    /// <exception cref="ArgumentException">The name is empty, has a colon, or is that of a setting.</exception>
    public static ITypedCacheBuilder AddKeyedTypedCache(this IServiceCollection services, string name, Action<TypedCacheSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var registration = PoolRegistrations.Get(services, name);
        registration.TakeName(name);
        return Configure(services, registration, configure);
    }

    private static TypedCacheBuilder Configure(IServiceCollection services, PoolRegistration registration, Action<TypedCacheSettings>? configure)
    {
        if (configure is not null)
        {
            services.AddSingleton<IConfigureOptions<TypedCacheSettings>>(new ConfigureNamedOptions<TypedCacheSettings>(registration.OptionsName, configure));
        }

        return new TypedCacheBuilder(services, registration);
    }
}
