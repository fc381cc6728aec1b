using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TypedCache.Hosting;

/// <summary>Creates the pool of a registration. Nothing is connected.</summary>
internal static class PoolCreation
{
    /// <summary>Creates the pool, and lets it follow its settings.</summary>
    /// <exception cref="OptionsValidationException">The settings are not valid, or name no server.</exception>
    public static MemcachedPool Create(IServiceProvider services, PoolRegistration registration)
    {
        var settings = services.GetRequiredService<IOptionsMonitor<TypedCacheSettings>>().Get(registration.OptionsName);
        var options = OptionsFrom(services, registration, settings);
        var isEmbedded = UsesEmbeddedServers(services, registration, options);
        var pool = isEmbedded ? MemcachedPool.InMemory(options) : MemcachedPool.Connect(options);

        // Resolved here and not before, it is disposed after the pool: what has changed meanwhile finds a disposed pool, and leaves it.
        services.GetRequiredKeyedService<LiveSettings>(registration).Follow(pool, settings, options, isEmbedded);
        return pool;
    }

    /// <summary>The options that settings and code give.</summary>
    public static MemcachedPoolOptions OptionsFrom(IServiceProvider services, PoolRegistration registration, TypedCacheSettings settings)
    {
        var options = PoolOptions.From(settings);
        options.LoggerFactory = services.GetService<ILoggerFactory>();
        options.Telemetry.PoolName = registration.Name.Length > 0 ? registration.Name : null;
        foreach (var configure in registration.ConfigurePool)
        {
            configure(services, options);
        }

        return options;
    }

    // If so, they are added to the options.
    private static bool UsesEmbeddedServers(IServiceProvider services, PoolRegistration registration, MemcachedPoolOptions options)
    {
        var count = registration.EmbeddedServers;
        if (count is null && (options.Servers.Count > 0 || options.Discovery is not null))
        {
            return false;
        }

        if (count is null && services.GetService<IHostEnvironment>()?.IsDevelopment() != true)
        {
            throw new OptionsValidationException(registration.OptionsName, typeof(TypedCacheSettings), [registration.NoServers]);
        }

        if (count is null)
        {
            HostingLog.For(services).UsesEmbeddedServer(registration.Title, registration.ServerPaths);
        }

        options.Discovery = null;
        options.Servers.Clear();
        options.Spares.Clear();
        options.Zone = null;
        for (var i = 1; i <= (count ?? 1); i++)
        {
            options.Servers.Add(new MemcachedServerOptions($"embedded-{i}"));
        }

        return true;
    }
}
