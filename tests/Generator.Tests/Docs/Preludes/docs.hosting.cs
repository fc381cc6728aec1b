using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

var builder = WebApplication.CreateBuilder(args);

[CacheClient("shop", Expires = "10m")]
public partial interface IShopCache
{
    [CacheKey("product:{id}")]
    ValueTask<Product> GetOrCreateProductAsync(int id, Func<int, CancellationToken, ValueTask<Product>> create, CancellationToken ct = default);
}

public record Product(int Id, string Name);

[CacheClient("session")]
public partial interface ISessionCache
{
    [CacheKey("{id}")]
    ValueTask<string?> GetSessionAsync(Guid id, CancellationToken ct = default);
}
