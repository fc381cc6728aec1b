using TypedCache;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// What can be added to a registered <see cref="MemcachedPool"/>. Extension methods add clients, health checks, caches; each is registered
/// only if it is asked for.
/// </summary>
public interface ITypedCacheBuilder
{
    /// <summary>The services of the application.</summary>
    IServiceCollection Services { get; }

    /// <summary>The name under which configuration has the pool; empty if it has none.</summary>
    string Name { get; }

    /// <summary>The key of the pool and of all that is added to it; null for the pool without a key.</summary>
    string? ServiceKey { get; }
}
