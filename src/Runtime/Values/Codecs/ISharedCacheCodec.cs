namespace TypedCache.Values;

/// <summary>
/// A codec for get-or-create operations whose callers must not share an object: it tells a value that one caller reads for itself from one
/// that several callers of a process wait for together.
/// </summary>
/// <typeparam name="T">The type of the values. It has to be such that callers can make copies of a shared one.</typeparam>
public interface ISharedCacheCodec<T> : ICacheCodec<T>
{
    /// <summary>Reads a value that was created by another process, for all callers of this one who wait for it.</summary>
    /// <param name="stored">The payload and what its flags say about it.</param>
    /// <exception cref="CacheValueException">The payload is of another kind, or damaged.</exception>
    T ReadShared(in StoredValue stored);
}
