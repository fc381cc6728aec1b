using System.Buffers;
using MessagePack;
using MessagePack.Resolvers;
using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>HybridCache's values as MessagePack, with the bytes that TypedCache stores.</summary>
internal sealed class HybridCacheMessagePack : IHybridCacheSerializer<Offer>
{
    private static readonly MessagePackSerializerOptions Options = ContractlessStandardResolver.Options;

    public Offer Deserialize(ReadOnlySequence<byte> source) => MessagePackSerializer.Deserialize<Offer>(source, Options);

    public void Serialize(Offer value, IBufferWriter<byte> target) => MessagePackSerializer.Serialize(target, value, Options);
}
