using System.Buffers;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Caching;

/// <summary>Text as UTF-8, and bytes as they are.</summary>
internal sealed class RawSerializer : IHybridCacheSerializer<string>, IHybridCacheSerializer<byte[]>
{
    public static RawSerializer Instance { get; } = new();

    string IHybridCacheSerializer<string>.Deserialize(ReadOnlySequence<byte> source) => Encoding.UTF8.GetString(source);

    void IHybridCacheSerializer<string>.Serialize(string value, IBufferWriter<byte> target) => Encoding.UTF8.GetBytes(value, target);

    byte[] IHybridCacheSerializer<byte[]>.Deserialize(ReadOnlySequence<byte> source) => source.ToArray();

    void IHybridCacheSerializer<byte[]>.Serialize(byte[] value, IBufferWriter<byte> target) => target.Write(value);
}
