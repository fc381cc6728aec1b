namespace TypedCache;

/// <summary>What a pool tells in metrics and traces beyond what it always does.</summary>
public sealed class MemcachedTelemetryOptions
{
    /// <summary>
    /// The attribute <c>db.client.connection.pool.name</c> of the pool's connections. Default: null, the server's <c>host:port</c>.
    /// </summary>
    public string? PoolName { get; set; }

    /// <summary>Whether the sizes of values and batches are recorded. Default: false.</summary>
    public bool Sizes { get; set; }

    /// <summary>
    /// How often each server is asked for its statistics while metrics are collected: items, memory, evictions, hits and misses of all
    /// its clients. Default: zero, never. The first collection has none yet.
    /// </summary>
    public TimeSpan ServerStatistics { get; set; }

    /// <summary>
    /// Whether spans show keys, as <c>db.query.text</c>. Default: false, because keys can have what is personal in them. Keys with
    /// <see cref="KeyPartAttribute.Sensitive"/> parts are shown as their template all the same.
    /// </summary>
    public bool KeyText { get; set; }
}
