namespace TypedCache.Hosting;

/// <summary>How a pool is warmed up.</summary>
public sealed class TypedCacheWarmUpOptions
{
    /// <summary>Whether the application does not start if a server cannot be reached. Default: false, it starts, and operations fail over.</summary>
    public bool FailStart { get; set; }

    /// <summary>How long the servers have to answer, all together. Default: 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
