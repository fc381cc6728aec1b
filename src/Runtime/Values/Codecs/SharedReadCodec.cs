namespace TypedCache.Values;

/// <summary>Reads what several callers wait for.</summary>
internal sealed class SharedReadCodec<T>(ISharedCacheCodec<T> codec) : ICacheCodec<T>
{
    /// <summary>The codec for a value that several callers wait for.</summary>
    public static ICacheCodec<T> Of(ICacheCodec<T> codec) => codec is ISharedCacheCodec<T> shared ? new SharedReadCodec<T>(shared) : codec;

    public void Write(ref ValueWriter writer, T value) => codec.Write(ref writer, value);

    public T Read(in StoredValue stored) => codec.ReadShared(stored);
}
