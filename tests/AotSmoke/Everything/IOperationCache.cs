using TypedCache.AotSmoke.Values;
using TypedCache.Keys;

namespace TypedCache.AotSmoke;

/// <summary>Every operation, over keys of many types.</summary>
[CacheClient("aot-operations", Expires = "10m", Version = 2, KeyPolicy = KeyPolicy.Escape)]
internal partial interface IOperationCache
{
    [CacheKey("slot:{name}:{day:yyyyMMdd}:{level}")]
    ValueTask<CacheValue<Product>> GetSlotAsync(string name, DateOnly day, Level level, CancellationToken cancellationToken = default);

    [CacheKey("slot:{name}:{day:yyyyMMdd}:{level}")]
    ValueTask<CacheValue<Product>> GetAndTouchSlotAsync(string name, DateOnly day, Level level, TimeSpan expires, CancellationToken cancellationToken = default);

    [CacheKey("slot:{name}:{day:yyyyMMdd}:{level}")]
    ValueTask SetSlotAsync(string name, DateOnly day, Level level, Product value, TimeSpan? expires = null, CancellationToken cancellationToken = default);

    [CacheKey("slot:{name}:{day:yyyyMMdd}:{level}")]
    ValueTask<bool> AddSlotAsync(string name, DateOnly day, Level level, Product value, CancellationToken cancellationToken = default);

    [CacheKey("slot:{name}:{day:yyyyMMdd}:{level}")]
    ValueTask<bool> ReplaceSlotAsync(string name, DateOnly day, Level level, Product value, CancellationToken cancellationToken = default);

    [CacheKey("slot:{name}:{day:yyyyMMdd}:{level}")]
    ValueTask<CasResult> CompareAndSetSlotAsync(string name, DateOnly day, Level level, Product value, ulong cas, CancellationToken cancellationToken = default);

    [CacheKey("slot:{name}:{day:yyyyMMdd}:{level}")]
    Task<bool> TouchSlotAsync(string name, DateOnly day, Level level, CancellationToken cancellationToken = default);

    [CacheKey("slot:{name}:{day:yyyyMMdd}:{level}")]
    ValueTask<bool> ExistsSlotAsync(string name, DateOnly day, Level level, CancellationToken cancellationToken = default);

    [CacheKey("slot:{name}:{day:yyyyMMdd}:{level}")]
    ValueTask<bool> DeleteSlotAsync(string name, DateOnly day, Level level, CancellationToken cancellationToken = default);

    [CacheKey("log")]
    ValueTask<string?> GetLogAsync(CancellationToken cancellationToken = default);

    [CacheKey("log")]
    ValueTask SetLogAsync(string value, CancellationToken cancellationToken = default);

    [CacheKey("log")]
    ValueTask<bool> AppendLogAsync(string value, CancellationToken cancellationToken = default);

    [CacheKey("log")]
    ValueTask<bool> PrependLogAsync(string value, CancellationToken cancellationToken = default);

    [CacheKey("views:{id}")]
    ValueTask<ulong> IncrementViewsAsync(Guid id, ulong by = 1, CancellationToken cancellationToken = default);

    [CacheKey("views:{id}")]
    ValueTask<long?> DecrementViewsAsync(Guid id, ulong by = 1, CancellationToken cancellationToken = default);

    [CacheKey("item:{shop}:{ids}")]
    ValueTask<IReadOnlyDictionary<int, Product>> GetItemsAsync(string shop, IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    [CacheKey("item:{shop}:{items}")]
    ValueTask SetItemsAsync(string shop, IReadOnlyDictionary<int, Product> items, CancellationToken cancellationToken = default);

    [CacheKey("item:{shop}:{ids}")]
    ValueTask<int> DeleteItemsAsync(string shop, IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    [CacheKey("item:{shop}:{ids}")]
    ValueTask<CacheValues<int, CacheValue<Product>>> GetItemValuesAsync(string shop, IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    [CacheKey("item:{shop}:{items}")]
    ValueTask<IReadOnlySet<int>> AddItemsAsync(string shop, IReadOnlyDictionary<int, Product> items, CancellationToken cancellationToken = default);

    [CacheKey("item:{shop}:{items}")]
    ValueTask<IReadOnlyDictionary<int, CasResult>> CompareAndSetItemsAsync(
        string shop, IReadOnlyDictionary<int, CacheValue<Product>> items, CancellationToken cancellationToken = default);

    [CacheKey("item:{shop}:{ids}")]
    ValueTask<int> TouchItemsAsync(string shop, IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    [CacheKey("item:{shop}:{ids}")]
    ValueTask<HashSet<int>> ExistsItemsAsync(string shop, IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    [CacheKey("created:{id}", Stale = "5m", FailSafe = "30s", Jitter = "10%")]
    ValueTask<Product> GetOrCreateProductAsync(int id, Func<CancellationToken, ValueTask<Product>> create, CancellationToken cancellationToken = default);

    [CacheKey("created:{ids}", Stale = "5m", FailSafe = "30s", Jitter = "10%")]
    ValueTask<IReadOnlyDictionary<int, Product>> GetOrCreateProductsAsync(
        IReadOnlyCollection<int> ids,
        Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, Product>>> create,
        CancellationToken cancellationToken = default);

    [CacheKey("created:{id}", Stale = "5m")]
    ValueTask<bool> InvalidateProductAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("created:{id}", Stale = "5m", Jitter = "10%")]
    ValueTask SetProductAsync(int id, Product value, CancellationToken cancellationToken = default);

    [CacheKey("created:{id}")]
    ValueTask<Product?> GetProductAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("created:{id}")]
    ValueTask<bool> DeleteProductAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("stock:{shop}:{level}:{id}")]
    Task<int> GetOrCreateStockAsync(
        string shop, Level level, int id, Func<string, Level, int, CancellationToken, ValueTask<int>> create, TimeSpan expires, CancellationToken cancellationToken = default);

    [CacheKey("page:{url}", LeaseTime = "30s", LeaseWait = "5s", CacheNull = true)]
    ValueTask<Product?> GetOrCreatePageAsync(string url, Func<string, CancellationToken, ValueTask<CacheItem<Product?>>> create, CancellationToken cancellationToken = default);

    [CacheKey("audited:{id}", Audit = 1)]
    ValueTask<Product> GetOrCreateAuditedAsync(int id, Func<int, CancellationToken, ValueTask<Product>> create, CancellationToken cancellationToken = default);

    [CacheKey("near-text:{id}", Near = "1m", NearRevalidate = "5m")]
    ValueTask<string?> GetNearTextAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("near-text:{ids}", Near = "1m", NearRevalidate = "5m")]
    ValueTask<IReadOnlyDictionary<int, string>> GetNearTextsAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    [CacheKey("near-text:{id}")]
    ValueTask SetNearTextAsync(int id, string value, CancellationToken cancellationToken = default);

    [CacheKey("near-product:{id}", Near = "1m")]
    ValueTask<Product> GetOrCreateNearProductAsync(int id, Func<int, CancellationToken, ValueTask<Product>> create, CancellationToken cancellationToken = default);

    [CacheKey("tagged:{category}:{id}", Stale = "5m", Near = "1m"), CacheTag("category:{category}"), CacheTag("name:{value.Name}")]
    ValueTask<Product> GetOrCreateTaggedAsync(
        int category, int id, Func<int, int, CancellationToken, ValueTask<Product>> create, CancellationToken cancellationToken = default);

    [CacheTag("category:{category}")]
    ValueTask InvalidateCategoryAsync(int category, CancellationToken cancellationToken = default);

    [CacheTag("name:{name}")]
    ValueTask RemoveNameAsync(string name, CancellationToken cancellationToken = default);

    [CacheKey("basket:{user}", Expires = "30m", Stale = "10m")]
    CacheEntry<Product> Basket(Guid user);

    [CacheKey("hits:{page}")]
    CacheCounter Hits(string page);

    [CacheKey("city:{country}:{key}")]
    CacheEntrySet<int, Product> Cities(string country);
}
