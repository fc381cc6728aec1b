namespace TypedCache.Values;

/// <summary>A value type that may be null in the program, but not in the cache.</summary>
internal sealed class NullableCodec<T>(ICacheCodec<T> codec) : ICacheCodec<T?>
    where T : struct
{
    public void Write(ref ValueWriter writer, T? value) => codec.Write(ref writer, value ?? throw NullValue.Refused(nameof(value)));

    public T? Read(in StoredValue stored) => stored.IsNull ? null : codec.Read(stored);
}
