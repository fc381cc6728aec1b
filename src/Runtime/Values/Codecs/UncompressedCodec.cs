namespace TypedCache.Values;

/// <summary>Values that are stored as they are, for what is added to them.</summary>
internal sealed class UncompressedCodec<T>(ICacheCodec<T> codec) : ISharedCacheCodec<T>
{
    private readonly ICacheCodec<T> _shared = SharedReadCodec<T>.Of(codec);

    public void Write(ref ValueWriter writer, T value)
    {
        codec.Write(ref writer, value);
        writer.StaysUncompressed = true;
    }

    public T Read(in StoredValue stored) => codec.Read(stored);

    public T ReadShared(in StoredValue stored) => _shared.Read(stored);
}
