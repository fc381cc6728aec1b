namespace TypedCache.Values;

/// <summary>Bytes as they are, for callers who hold a part of an array.</summary>
internal sealed class MemoryCodec : ICacheCodec<ReadOnlyMemory<byte>>
{
    public void Write(ref ValueWriter writer, ReadOnlyMemory<byte> value) => writer.WriteRaw(value.Span);

    public ReadOnlyMemory<byte> Read(in StoredValue stored) => BytesCodec.Copy(stored);
}
