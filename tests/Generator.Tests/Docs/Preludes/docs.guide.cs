using NodaTime;

var pool = MemcachedPool.InMemory();
var user = Guid.NewGuid();
var shop = pool.CreateClient<IShopCache>();

static ValueTask<Product> LoadAsync(int id, CancellationToken ct) => throw new NotSupportedException();
static ValueTask<IReadOnlyDictionary<int, Product>> LoadManyAsync(IReadOnlyList<int> ids, CancellationToken ct) => throw new NotSupportedException();

[CacheClient("shop", Expires = "10m")]
public partial interface IShopCache
{
    [CacheKey("product:{id}")]
    ValueTask<Product?> GetProductAsync(int id, CancellationToken ct = default);
}

public record Product(int Id, string Name, int BrandId);

public record Basket;

public record City(int Id, string Name);

public record Photo(byte[] Pixels);

public sealed class PhotoCodec : ICacheCodec<Photo>
{
    public void Write(ref ValueWriter writer, Photo value) => writer.WriteRaw(value.Pixels);

    public Photo Read(in StoredValue stored) => throw new NotSupportedException();
}
