using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedCache;
using TypedCache.AspNetCore.Dashboard;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the live page of the caches.</summary>
public static class TypedCacheDashboardExtensions
{
    /// <summary>
    /// Maps a page that shows what the caches of this process do, second by second. While nobody looks at it, nothing is recorded.
    /// </summary>
    /// <remarks>
    /// Unless the endpoint requires authorization (<c>.RequireAuthorization(...)</c>), it answers only requests of this machine: from a loopback
    /// address, to a loopback host, and without headers of a proxy. It shows templates of keys and the names of servers, and no key, value or
    /// password.
    /// </remarks>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Where the page is.</param>
    /// <param name="configure">Changes what the page shows, and what may be done there.</param>
    /// <returns>What can be said of all of its endpoints, such as who may see them.</returns>
    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    public static IEndpointConventionBuilder MapTypedCacheDashboard(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/cache", Action<TypedCacheDashboardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var options = new TypedCacheDashboardOptions { Title = endpoints.ServiceProvider.GetService<IHostEnvironment>()?.ApplicationName ?? "TypedCache" };
        configure?.Invoke(options);
        options.Validate();
        return new DashboardEndpoints(endpoints.ServiceProvider, options).Map(endpoints.MapGroup(pattern));
    }
}
