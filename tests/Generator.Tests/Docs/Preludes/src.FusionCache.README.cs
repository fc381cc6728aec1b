using TypedCache.FusionCache;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.Serialization.SystemTextJson;

var services = WebApplication.CreateBuilder(args).Services;

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
