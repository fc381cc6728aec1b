var builder = WebApplication.CreateBuilder(args);

[CacheClient("shop", Expires = "10m")]
public partial interface IShopCache
{
    [CacheKey("front")]
    ValueTask<string?> GetFrontAsync(CancellationToken ct = default);
}
