namespace TypedCache.Hosting.Tests.Clients;

[CacheClient("shop", Expires = "1h")]
public partial interface IShopCache
{
    [CacheKey("name:{id}")]
    ValueTask SetNameAsync(int id, string value, CancellationToken cancellationToken = default);

    [CacheKey("name:{id}")]
    ValueTask<string?> GetNameAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("name:{id}")]
    ValueTask<string> GetOrCreateNameAsync(int id, Func<CancellationToken, ValueTask<string>> create, CancellationToken cancellationToken = default);
}
