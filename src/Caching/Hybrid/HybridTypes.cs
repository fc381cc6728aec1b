using System.Collections.Concurrent;

namespace TypedCache.Caching;

/// <summary>The types of one cache's values, as they come.</summary>
internal sealed class HybridTypes(HybridSerializers serializers, long longest, HybridCacheLog log)
{
    private readonly ConcurrentDictionary<Type, object> _types = new();

    /// <exception cref="InvalidOperationException">The type has no serializer.</exception>
    public HybridType<T> Of<T>() => (HybridType<T>)(_types.TryGetValue(typeof(T), out var type) ? type : Add<T>());

    // Two who come at once may each make one; the first is kept.
    private object Add<T>() => _types.GetOrAdd(typeof(T), new HybridType<T>(new HybridFormat<T>(serializers.Find<T>(), longest, log)));
}
