var builder = WebApplication.CreateBuilder(args);
IShopCache shop = MemcachedPool.InMemory().CreateClient<IShopCache>();
var options = new TypedCacheDashboardOptions();

[CacheClient("shop", Expires = "10m", Stale = "1m")]
public partial interface IShopCache
{
    [CacheKey("front")] ValueTask<string?> GetFrontAsync(CancellationToken ct = default);
    [CacheKey("front")] ValueTask<bool> DeleteFrontAsync(CancellationToken ct = default);
    [CacheKey("page:{category}"), CacheTag("category:{category}")]
    ValueTask<string?> GetPageAsync([KeyPart(MaxLength = 50)] string category, CancellationToken ct = default);
    [CacheKey("page:{category}"), CacheTag("category:{category}")]
    ValueTask SetPageAsync([KeyPart(MaxLength = 50)] string category, string value, CancellationToken ct = default);
    [CacheTag("category:{category}")] ValueTask InvalidateCategoryAsync([KeyPart(MaxLength = 50)] string category, CancellationToken ct = default);
}
