namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>The times that all caches are set to. Those of TypedCache stand in its interfaces.</summary>
internal static class CompareTimes
{
    /// <summary>For how long a value lives.</summary>
    public static readonly TimeSpan Expires = TimeSpan.FromSeconds(5);

    /// <summary>For how long a process gives out what it has read.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromSeconds(2);

    /// <summary>For how long a process keeps what it knows of tags, where a cache can be told.</summary>
    public static readonly TimeSpan TagNear = TimeSpan.FromSeconds(1);
}
