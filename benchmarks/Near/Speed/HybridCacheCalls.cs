using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>HybridCache as its documentation writes it: an interpolated key, and a lambda which takes the id from around it.</summary>
internal readonly struct HybridCacheCall(HybridCache cache) : ISpeedCall<Product>
{
    public ValueTask<Product> ReadAsync(int id) => cache.GetOrCreateAsync($"speed:product:{id}", _ => new ValueTask<Product>(Product.Create(id)));

    public int IdOf(Product product) => product.Id;
}

/// <summary>HybridCache at its best: the id goes as state to a static lambda, and the key is formatted into a buffer, not a string.</summary>
internal readonly struct HybridCacheBestCall(HybridCache cache) : ISpeedCall<Product>
{
    public ValueTask<Product> ReadAsync(int id) => cache.GetOrCreateAsync($"speed:product:{id}", id, static (id, _) => new ValueTask<Product>(Product.Create(id)));

    public int IdOf(Product product) => product.Id;
}

/// <summary>HybridCache with a type which does not say that it is immutable.</summary>
internal readonly struct HybridCacheUnmarkedCall(HybridCache cache) : ISpeedCall<UnmarkedProduct>
{
    public ValueTask<UnmarkedProduct> ReadAsync(int id) =>
        cache.GetOrCreateAsync($"speed:unmarked:{id}", _ => new ValueTask<UnmarkedProduct>(UnmarkedProduct.Create(id)));

    public int IdOf(UnmarkedProduct product) => product.Id;
}
