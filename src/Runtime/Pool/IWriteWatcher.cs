namespace TypedCache.Pool;

/// <summary>Hears of what this process does to the items of a pool, so that it does not go on using what it has read of them before.</summary>
internal interface IWriteWatcher
{
    /// <summary>A key may be about to change, or has just changed. Called before the request is sent, and when it is answered before its caller hears of it.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    void Changes(ReadOnlySpan<byte> key);
}
