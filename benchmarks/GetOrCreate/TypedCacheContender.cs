namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>A method of <see cref="IComparedCache"/>.</summary>
internal sealed class TypedCacheContender(
    MemcachedPool pool,
    Func<CancellationToken, ValueTask<string>> create,
    Func<IComparedCache, int, Func<CancellationToken, ValueTask<string>>, ValueTask<string>> call) : IContender
{
    private readonly IComparedCache _cache = pool.CreateClient<IComparedCache>();

    public ValueTask<string> GetOrCreateAsync(int id) => call(_cache, id, create);

    public void Dispose()
    {
    }
}
