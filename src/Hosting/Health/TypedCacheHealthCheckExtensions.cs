using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedCache.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds health checks of pools.</summary>
public static class TypedCacheHealthCheckExtensions
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Adds a health check: healthy if no server has failed, degraded if some have, and <paramref name="failureStatus"/> if none can be
    /// reached. It goes by the state of the servers, and asks those that have answered nothing for 5 seconds. Its data has the state,
    /// version and last failure of each server, and what is known of their source, which changes no result.
    /// </summary>
    /// <remarks>
    /// Use it for readiness, if the application cannot do without its cache; never for liveness, since no restart brings a cache back.
    /// Called again for the same pool, it changes the check.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name. Default: <c>TypedCache</c>; <c>TypedCache_{key}</c> for a pool with a key.</param>
    /// <param name="failureStatus">What is reported if no server can be reached. Default: unhealthy.</param>
    /// <param name="tags">Tags to filter checks by.</param>
    /// <param name="timeout">How long servers have to answer, all together. Default: 2 seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not more than zero.</exception>
    public static ITypedCacheBuilder AddHealthCheck(
        this ITypedCacheBuilder builder, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, TimeSpan? timeout = null)
    {
        var registration = PoolRegistrations.Of(builder);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout ?? DefaultTimeout, TimeSpan.Zero, nameof(timeout));
        if (registration.HealthCheck is null)
        {
            registration.HealthCheck = new HealthCheckChoice();
            Register(builder, registration.HealthCheck);
        }

        var choice = registration.HealthCheck;
        choice.Name = name ?? (registration.Key is null ? "TypedCache" : $"TypedCache_{registration.Key}");
        choice.FailureStatus = failureStatus;
        choice.Timeout = timeout ?? DefaultTimeout;
        choice.Tags.Clear();
        choice.Tags.AddRange(tags ?? []);
        return builder;
    }

    // Read when the checks are collected: until then, it may be changed.
    private static void Register(ITypedCacheBuilder builder, HealthCheckChoice choice)
    {
        builder.Services.AddHealthChecks();
        builder.Services.Configure<HealthCheckServiceOptions>(options => options.Registrations.Add(new HealthCheckRegistration(
            choice.Name,
            services => new TypedCacheHealthCheck(builder.GetPool(services), choice.Timeout),
            choice.FailureStatus,
            choice.Tags)));
    }
}
