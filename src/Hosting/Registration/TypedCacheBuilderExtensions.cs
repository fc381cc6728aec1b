using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TypedCache;
using TypedCache.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What can be said of a registered pool, and added to it.</summary>
public static class TypedCacheBuilderExtensions
{
    /// <summary>Changes the settings, after those of configuration and after what was registered before. Called again when configuration has changed.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Gets the services of the application, and the settings.</param>
    public static ITypedCacheBuilder ConfigureSettings(this ITypedCacheBuilder builder, Action<IServiceProvider, TypedCacheSettings> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var registration = PoolRegistrations.Of(builder);
        builder.Services.AddSingleton<IConfigureOptions<TypedCacheSettings>>(provider =>
            new ConfigureNamedOptions<TypedCacheSettings>(registration.OptionsName, settings => configure(provider, settings)));
        return builder;
    }

    /// <summary>
    /// Changes the options of the pool: passwords from a vault, a hash function of your own. It is called when the pool is created, with
    /// options that have all settings, and again with new ones when configuration has changed.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Gets the services of the application, and the options.</param>
    public static ITypedCacheBuilder ConfigurePool(this ITypedCacheBuilder builder, Action<IServiceProvider, MemcachedPoolOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        PoolRegistrations.Of(builder).ConfigurePool.Add(configure);
        return builder;
    }

    /// <summary>
    /// Registers a generated client as a singleton over the pool, under the pool's key if it has one. What is registered for the
    /// interface already, such as a fake, stays.
    /// </summary>
    /// <typeparam name="T">An interface with <see cref="CacheClientAttribute"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    public static ITypedCacheBuilder AddClient<T>(this ITypedCacheBuilder builder)
        where T : class, ICacheClient<T>
    {
        builder.Services.TryAddKeyedSingleton(PoolRegistrations.Of(builder).Key, (provider, _) => builder.GetPool(provider).CreateClient<T>());
        return builder;
    }

    /// <summary>
    /// Replaces the servers by embedded ones in this process, for tests: the same protocol, no socket. Servers that settings name are not
    /// used.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="servers">How many.</param>
    public static ITypedCacheBuilder UseInMemory(this ITypedCacheBuilder builder, int servers = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        PoolRegistrations.Of(builder).EmbeddedServers = servers;
        return builder;
    }

    /// <summary>The pool that a builder has registered, for extensions that add something to it.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="services">The built container.</param>
    public static MemcachedPool GetPool(this ITypedCacheBuilder builder, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ServiceKey is { } key ? services.GetRequiredKeyedService<MemcachedPool>(key) : services.GetRequiredService<MemcachedPool>();
    }
}
