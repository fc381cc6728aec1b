using MessagePack;
using MessagePack.Resolvers;
using ZiggyCreatures.Caching.Fusion.Serialization;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>FusionCache's entries as MessagePack, with the resolver which its own package for that uses.</summary>
internal sealed class FusionCacheMessagePack : IFusionCacheSerializer
{
    private static readonly MessagePackSerializerOptions Options = ContractlessStandardResolver.Options;

    public byte[] Serialize<T>(T? obj) => MessagePackSerializer.Serialize(obj, Options);

    public T? Deserialize<T>(byte[] data) => MessagePackSerializer.Deserialize<T?>(data, Options);

    public ValueTask<byte[]> SerializeAsync<T>(T? obj, CancellationToken token = default) => new(Serialize(obj));

    public ValueTask<T?> DeserializeAsync<T>(byte[] data, CancellationToken token = default) => new(Deserialize<T>(data));
}
