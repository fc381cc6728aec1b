using ZiggyCreatures.Caching.Fusion;

namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>FusionCache as its documentation writes it.</summary>
internal readonly struct FusionCacheCall(FusionCache cache) : ISpeedCall<Product>
{
    public ValueTask<Product> ReadAsync(int id) => cache.GetOrSetAsync<Product>($"speed:product:{id}", (_, _) => Task.FromResult(Product.Create(id)));

    public int IdOf(Product product) => product.Id;
}
