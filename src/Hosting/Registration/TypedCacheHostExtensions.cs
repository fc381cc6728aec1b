using Microsoft.Extensions.DependencyInjection;
using TypedCache.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers pools in an application builder.</summary>
public static class TypedCacheHostExtensions
{
    /// <inheritdoc cref="TypedCacheServiceCollectionExtensions.AddTypedCache(IServiceCollection, string, Action{TypedCacheSettings}?)"/>
    /// <param name="builder">The application builder.</param>
    /// <param name="name">Its settings are in <c>TypedCache:{name}</c> and <c>ConnectionStrings:{name}</c>, after those in <c>TypedCache</c>.</param>
    /// <param name="configure">Changes the settings, after those of configuration.</param>
    public static ITypedCacheBuilder AddTypedCache(this IHostApplicationBuilder builder, string name, Action<TypedCacheSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.AddTypedCache(name, configure);
    }

    /// <inheritdoc cref="TypedCacheServiceCollectionExtensions.AddKeyedTypedCache(IServiceCollection, string, Action{TypedCacheSettings}?)"/>
    /// <param name="builder">The application builder.</param>
    /// <param name="name">The key, and the name in configuration: <c>TypedCache:{name}</c> and <c>ConnectionStrings:{name}</c>, after <c>TypedCache</c>.</param>
    /// <param name="configure">Changes the settings, after those of configuration.</param>
    public static ITypedCacheBuilder AddKeyedTypedCache(this IHostApplicationBuilder builder, string name, Action<TypedCacheSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.AddKeyedTypedCache(name, configure);
    }
}
