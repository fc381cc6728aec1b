namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>A generated client without tags.</summary>
internal sealed class TypedCacheNode(MemcachedPool pool, Truth truth) : ICompareNode
{
    private readonly IOfferCache _cache = pool.CreateClient<IOfferCache>();
    private readonly Func<int, CancellationToken, ValueTask<Offer>> _create = truth.CreateAsync;

    public ValueTask<Offer> ReadAsync(int id) => _cache.GetOrCreateOfferAsync(id, _create);

    public async ValueTask RemoveAsync(int id) => await _cache.DeleteOfferAsync(id);

    public ValueTask RemoveCategoryAsync(int category) => throw new NotSupportedException("It has no tags.");

    public void Dispose()
    {
    }
}
