namespace TypedCache;

/// <summary>The refresh of a stale value in the background that has failed.</summary>
/// <param name="key">The key as it goes over the wire.</param>
/// <param name="error">Why it failed.</param>
public sealed class RefreshFailedEventArgs(string key, Exception error) : EventArgs
{
    /// <summary>The key as it goes over the wire, with <see cref="MemcachedPoolOptions.KeyPrefix"/>.</summary>
    public string Key { get; } = key;

    /// <summary>What the create function threw, or the codec that was to write its value.</summary>
    public Exception Error { get; } = error;
}
