namespace TypedCache.Values;

/// <summary>Values that their caller says are never null: null is refused instead of stored.</summary>
internal sealed class NotNullCodec<T>(ICacheCodec<T> codec) : ICacheCodec<T>
    where T : class?
{
    public void Write(ref ValueWriter writer, T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        codec.Write(ref writer, value);
    }

    public T Read(in StoredValue stored) => codec.Read(stored);
}
