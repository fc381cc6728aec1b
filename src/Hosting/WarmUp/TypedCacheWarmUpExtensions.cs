using Microsoft.Extensions.Hosting;
using TypedCache.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets pools connect when the application starts.</summary>
public static class TypedCacheWarmUpExtensions
{
    /// <summary>
    /// Connects the pool before the services of the application start, so that the first requests need not; where its servers come from a
    /// source, waits for them first. Servers that cannot be reached
    /// are logged, and keep no application from starting unless <see cref="TypedCacheWarmUpOptions.FailStart"/> is set.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the options.</param>
    public static ITypedCacheBuilder WarmUp(this ITypedCacheBuilder builder, Action<TypedCacheWarmUpOptions>? configure = null)
    {
        var registration = PoolRegistrations.Of(builder);
        if (registration.WarmUp is null)
        {
            registration.WarmUp = [];
            builder.Services.AddSingleton<IHostedService>(services =>
                new WarmUpService(registration, () => builder.GetPool(services), HostingLog.For(services)));
        }

        if (configure is not null)
        {
            registration.WarmUp.Add(configure);
        }

        return builder;
    }
}
