namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>The get of a generated client.</summary>
internal readonly struct TypedCacheGet(IProductCache cache) : ISpeedCall<Product?>
{
    public ValueTask<Product?> ReadAsync(int id) => cache.GetProductAsync(id);

    public int IdOf(Product? product) => product!.Id;
}

/// <summary>The get-or-create of a generated client.</summary>
internal readonly struct TypedCacheGetOrCreate(IProductCache cache) : ISpeedCall<Product>
{
    public ValueTask<Product> ReadAsync(int id) => cache.GetOrCreateProductAsync(id, static (id, _) => new(Product.Create(id)));

    public int IdOf(Product product) => product.Id;
}
