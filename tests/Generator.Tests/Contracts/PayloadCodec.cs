using System.Buffers;
using TypedCache.Values;

namespace TypedCache.Generator.Tests.Contracts;

/// <summary>Takes MessagePack from one key to another.</summary>
internal sealed class PayloadCodec : ICacheCodec<byte[]>
{
    public void Write(ref ValueWriter writer, byte[] value) => writer.BeginMessagePack().Write(value);

    public byte[] Read(in StoredValue stored) => stored.Payload.ToArray();
}
