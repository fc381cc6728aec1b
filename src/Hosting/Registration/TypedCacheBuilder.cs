using Microsoft.Extensions.DependencyInjection;

namespace TypedCache.Hosting;

/// <summary>The builder of one registered pool.</summary>
internal sealed class TypedCacheBuilder(IServiceCollection services, PoolRegistration registration) : ITypedCacheBuilder
{
    public IServiceCollection Services => services;

    public string Name => registration.Name;

    public string? ServiceKey => registration.Key;
}
