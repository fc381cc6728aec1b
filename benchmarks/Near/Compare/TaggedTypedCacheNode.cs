namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>A generated client with tags.</summary>
internal sealed class TaggedTypedCacheNode(MemcachedPool pool, Truth truth) : ICompareNode
{
    private readonly ITaggedOfferCache _cache = pool.CreateClient<ITaggedOfferCache>();
    private readonly Func<int, int, CancellationToken, ValueTask<Offer>> _create = (_, id, token) => truth.CreateAsync(id, token);

    public ValueTask<Offer> ReadAsync(int id) => _cache.GetOrCreateOfferAsync(OfferKeys.CategoryOf(id), id, _create);

    public async ValueTask RemoveAsync(int id) => await _cache.DeleteOfferAsync(id);

    public ValueTask RemoveCategoryAsync(int category) => _cache.RemoveCategoryAsync(category);

    public void Dispose()
    {
    }
}
