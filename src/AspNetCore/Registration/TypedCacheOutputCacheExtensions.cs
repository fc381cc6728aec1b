using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedCache;
using TypedCache.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the store of output caching over a pool.</summary>
public static class TypedCacheOutputCacheExtensions
{
    /// <summary>
    /// Registers a <see cref="TypedCacheOutputCacheStore"/> over the pool as the <see cref="IOutputCacheStore"/> of ASP.NET Core's output
    /// caching, which <c>services.AddOutputCache()</c> and <c>app.UseOutputCache()</c> turn on, in any order.
    /// </summary>
    /// <remarks>A pool with a key gives a store under that key, which ASP.NET Core's middleware does not use by itself.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes how responses are stored. The options are named as the pool's key is.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static ITypedCacheBuilder AddOutputCache(this ITypedCacheBuilder builder, Action<TypedCacheOutputCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<TypedCacheOutputCacheOptions>(builder.ServiceKey).Configure(options => configure?.Invoke(options));
        builder.Services.AddKeyedSingleton<IOutputCacheStore>(
            builder.ServiceKey, (services, _) => Create(services, builder.GetPool(services), builder.ServiceKey ?? Options.Options.DefaultName));
        return builder;
    }

    private static TypedCacheOutputCacheStore Create(IServiceProvider services, MemcachedPool pool, string name) => new(
        pool,
        services.GetRequiredService<IOptionsMonitor<TypedCacheOutputCacheOptions>>().Get(name),
        services.GetService<ILogger<TypedCacheOutputCacheStore>>());
}
