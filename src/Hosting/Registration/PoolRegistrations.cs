using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TypedCache.Hosting;

/// <summary>The registered pools of an application: finds and makes them.</summary>
internal static class PoolRegistrations
{
    /// <summary>The registration of a key; it is made if there is none.</summary>
    public static PoolRegistration Get(IServiceCollection services, string? key)
    {
        if (Find(services, key) is { } known)
        {
            return known;
        }

        var names = Instances<PoolNames>(services).FirstOrDefault();
        if (names is null)
        {
            names = new PoolNames();
            services.AddSingleton(names);
        }

        var registration = new PoolRegistration(key, names);
        services.AddSingleton(registration);
        AddSettings(services, registration);
        AddPool(services, registration);
        return registration;
    }

    /// <summary>The registration that a builder belongs to.</summary>
    public static PoolRegistration Of(ITypedCacheBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Find(builder.Services, builder.ServiceKey)
            ?? throw new ArgumentException("The builder is of none of the caches in its services. Use the one that AddTypedCache returned.", nameof(builder));
    }

    private static PoolRegistration? Find(IServiceCollection services, string? key) =>
        Instances<PoolRegistration>(services).FirstOrDefault(registration => registration.Key == key);

    private static IEnumerable<T> Instances<T>(IServiceCollection services) => services
        .Where(static service => service.ServiceType == typeof(T) && !service.IsKeyedService)
        .Select(static service => service.ImplementationInstance)
        .OfType<T>();

    // Code that is registered later comes after what configuration says.
    private static void AddSettings(IServiceCollection services, PoolRegistration registration)
    {
        services.AddOptions<TypedCacheSettings>(registration.OptionsName).ValidateOnStart();
        services.AddSingleton<IConfigureOptions<TypedCacheSettings>>(
            provider => new SettingsReader(registration, provider.GetService<IConfiguration>()));
        services.AddSingleton<IPostConfigureOptions<TypedCacheSettings>>(new LateConnectionString(registration));
        services.AddSingleton<IValidateOptions<TypedCacheSettings>>(
            provider => new SettingsCheck(registration, provider.GetService<IHostEnvironment>()));
        services.AddSingleton<IOptionsChangeTokenSource<TypedCacheSettings>>(
            provider => new SettingsChanges(registration.OptionsName, provider.GetService<IConfiguration>()));
    }

    private static void AddPool(IServiceCollection services, PoolRegistration registration)
    {
        services.AddKeyedSingleton(registration, (provider, _) => new LiveSettings(
            registration,
            provider,
            provider.GetRequiredService<IOptionsFactory<TypedCacheSettings>>(),
            provider.GetServices<IOptionsChangeTokenSource<TypedCacheSettings>>(),
            HostingLog.For(provider)));
        services.AddKeyedSingleton(registration.Key, (provider, _) => PoolCreation.Create(provider, registration));
    }
}
