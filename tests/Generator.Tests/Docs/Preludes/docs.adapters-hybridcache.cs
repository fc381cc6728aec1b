using Microsoft.Extensions.Caching.Hybrid;
using TypedCache.Caching;
using TypedCache.FusionCache;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.Serialization.SystemTextJson;

var builder = WebApplication.CreateBuilder(args);
var services = builder.Services;
HybridCache cache = null!;
TypedCacheHybridCache typedCache = null!;
Price price = new(1, 9.9m);
string[] keys = ["price:1", "price:2"];
CancellationToken ct = default;

static ValueTask<IReadOnlyDictionary<string, Price>> LoadManyAsync(IReadOnlyList<string> missing, CancellationToken ct) => throw new NotSupportedException();

public record Price(int Id, decimal Amount);

public interface IPriceSource
{
    ValueTask<Price> LoadAsync(int id, CancellationToken ct);
}

namespace ZiggyCreatures.Caching.Fusion.Serialization.SystemTextJson
{
    // Of the package with this name.
    public sealed class FusionCacheSystemTextJsonSerializer : IFusionCacheSerializer
    {
        public byte[] Serialize<T>(T? obj) => throw new NotSupportedException();

        public T? Deserialize<T>(byte[] data) => throw new NotSupportedException();

        public ValueTask<byte[]> SerializeAsync<T>(T? obj, CancellationToken token = default) => throw new NotSupportedException();

        public ValueTask<T?> DeserializeAsync<T>(byte[] data, CancellationToken token = default) => throw new NotSupportedException();
    }
}
