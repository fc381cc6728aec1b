namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>The versions of one thing that changes. One thread changes it; any thread asks.</summary>
/// <param name="changes">How often it may change.</param>
internal sealed class Line(int changes)
{
    private readonly long[] _invalidSince = NeverYet(changes);
    private volatile int _version;
    private volatile int _invalidated;

    /// <summary>How often it has changed.</summary>
    public int Version => _version;

    /// <summary>How many of these changes have been followed by an invalidation that is complete.</summary>
    public int Invalidated => _invalidated;

    /// <summary>Changes it. What the caches have is old from now on, but they do not know it yet.</summary>
    public void Change() => _version++;

    /// <summary>The invalidation that followed the change is complete.</summary>
    public void CompleteInvalidation()
    {
        var version = _version;
        Volatile.Write(ref _invalidSince[version - 1], Environment.TickCount64);
        _invalidated = version;
    }

    /// <summary>For how many milliseconds a version had been invalidated at some time; 0 if it had not.</summary>
    public long InvalidFor(int version, long now) =>
        version == _version ? 0 : Math.Max(0, now - Volatile.Read(ref _invalidSince[version]));

    private static long[] NeverYet(int changes)
    {
        var times = new long[changes];
        Array.Fill(times, long.MaxValue);
        return times;
    }
}
