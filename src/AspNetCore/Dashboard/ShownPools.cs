using Microsoft.Extensions.DependencyInjection;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The pools that the application has registered. They are created when they are first asked for.</summary>
/// <param name="services">The services of the application.</param>
internal sealed class ShownPools(IServiceProvider services)
{
    private readonly Lock _gate = new();
    private MemcachedPool[]? _pools;

    /// <summary>All of them: that without a key first.</summary>
    public MemcachedPool[] All
    {
        get
        {
            lock (_gate)
            {
                return _pools ??= Find();
            }
        }
    }

    /// <summary>What a pool is called on the page.</summary>
    /// <param name="index">Which one it is.</param>
    public string NameOf(int index) => All[index].Name is { Length: > 0 } name ? name : index == 0 ? "cache" : $"cache {index + 1}";

    private MemcachedPool[] Find()
    {
        var pools = new List<MemcachedPool>(services.GetServices<MemcachedPool>());
        if (services is IKeyedServiceProvider keyed)
        {
            pools.AddRange(keyed.GetKeyedServices<MemcachedPool>(KeyedService.AnyKey));
        }

        return [.. new HashSet<MemcachedPool>(pools)];
    }
}
