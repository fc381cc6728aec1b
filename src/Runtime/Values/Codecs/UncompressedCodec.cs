namespace TypedCache.Values;

/// <summary>Values that are stored as they are, for what is added to them.</summary>
internal sealed class UncompressedCodec<T>(ICacheCodec<T> codec) : ICacheCodec<T>
{
    public void Write(ref ValueWriter writer, T value)
    {
        codec.Write(ref writer, value);
        writer.StaysUncompressed = true;
    }

    public T Read(in StoredValue stored) => codec.Read(stored);
}
