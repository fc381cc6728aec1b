namespace TypedCache.Values;

/// <summary>
/// Turns values of one type into bytes and back. A codec has no state and is used by many callers at once;
/// it must not keep the payload it is given.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
public interface ICacheCodec<T>
{
    /// <summary>Writes a value. Exactly one of the writer's methods is called, which also decides the flags.</summary>
    /// <param name="writer">Knows how the pool's dialect writes each kind of value.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ValueTooLargeException">The codec does not want a value of this size to be stored.</exception>
    void Write(ref ValueWriter writer, T value);

    /// <summary>Reads a value.</summary>
    /// <param name="stored">The payload and what its flags say about it.</param>
    /// <exception cref="CacheValueException">The payload is of another kind, or damaged.</exception>
    T Read(in StoredValue stored);
}
