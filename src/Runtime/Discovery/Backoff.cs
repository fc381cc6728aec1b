namespace TypedCache.Discovery;

/// <summary>How long to wait before a source that has failed is asked again: 1 second, then twice as long each time, up to a limit.</summary>
internal struct Backoff(TimeSpan longest)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    private TimeSpan _next;

    /// <summary>The source has failed once more.</summary>
    public TimeSpan Next()
    {
        var delay = _next < First ? First : _next;
        delay = delay < longest ? delay : longest;
        _next = delay * 2;
        return delay;
    }

    /// <summary>It works.</summary>
    public void Reset() => _next = TimeSpan.Zero;
}
