using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace TypedCache.Caching;

/// <summary>
/// Finds the serializer of a type as Microsoft's implementation does: one registered for the type, else that of the factory that was
/// registered last and takes it, else JSON.
/// </summary>
internal sealed class HybridSerializers
{
    private readonly IServiceProvider? _services;
    private readonly IHybridCacheSerializerFactory[] _factories;
    private readonly HybridJson _json;

    public HybridSerializers(IServiceProvider? services)
    {
        _services = services;
        _factories = services is null ? [] : [.. services.GetServices<IHybridCacheSerializerFactory>()];
        Array.Reverse(_factories);
        _json = new HybridJson(services as IKeyedServiceProvider);
    }

    /// <exception cref="InvalidOperationException">There is none. The message says what to register.</exception>
    public IHybridCacheSerializer<T> Find<T>()
    {
        if (_services?.GetService<IHybridCacheSerializer<T>>() is { } registered)
        {
            return registered;
        }

        if (RawSerializer.Instance is IHybridCacheSerializer<T> raw)
        {
            return raw;
        }

        foreach (var factory in _factories)
        {
            if (factory.TryCreateSerializer<T>(out var made))
            {
                return made;
            }
        }

        return _json.Create<T>();
    }
}
