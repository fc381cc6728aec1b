namespace TypedCache.Caching;

/// <summary>How a <see cref="TypedCacheDistributedCache"/> stores its values. Read once, when the cache is created.</summary>
public sealed class TypedCacheDistributedCacheOptions
{
    /// <summary>Precedes every key, behind the pool's own prefix: end it with a separator. Default: nothing.</summary>
    public string InstanceName { get; set; } = "";

    /// <summary>What happens to a value that is too large. Default: <see cref="TooLargePolicy.Skip"/>.</summary>
    public TooLargePolicy OnTooLarge { get; set; }

    /// <summary>
    /// What happens when memcached fails. Default: <see cref="MemcachedException"/> is thrown, which session, <c>HybridCache</c> and
    /// FusionCache handle. Under <see cref="ServerFailurePolicy.Miss"/> a read is a miss and a write does nothing, whatever the failure is;
    /// it is logged, at most once a minute.
    /// </summary>
    public ServerFailurePolicy OnFailure { get; set; }

    /// <summary>The clock by which absolute expiries are counted. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal void Validate()
    {
        ThrowIfMissing(InstanceName, nameof(InstanceName));
        ThrowIfMissing(TimeProvider, nameof(TimeProvider));
    }

    private static void ThrowIfMissing(object? setting, string name)
    {
        if (setting is null)
        {
            throw new ArgumentException($"{nameof(TypedCacheDistributedCacheOptions)}.{name} is null. Leave it out for the default.");
        }
    }
}
