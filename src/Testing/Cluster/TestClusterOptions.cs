using TypedCache.Values;

namespace TypedCache.Testing;

/// <summary>What a <see cref="TestCluster"/> is like. It is read once.</summary>
public sealed class TestClusterOptions
{
    /// <summary>
    /// The servers, such as <c>cache-1:11211, cache-2:11211 weight=2</c>: with the names that the application uses, each key is where it is in
    /// production. Default: one, <c>cache-1:11211</c>.
    /// </summary>
    public string Servers { get; set; } = "cache-1:11211";

    /// <summary>What the clock says at first. Default: 2026-01-01, 00:00 UTC.</summary>
    public DateTimeOffset Start { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Bytes that the items of each server may take; above that those used last are evicted last. Default: 64 MiB.</summary>
    public long MemoryLimit { get; set; } = 64 * 1024 * 1024;

    /// <summary>The largest item in bytes, key and some 50 bytes of overhead included. Default: 1 MiB, as in memcached.</summary>
    public int MaxItemSize { get; set; } = 1024 * 1024;

    /// <summary>
    /// How pools store values, unless <see cref="TestCluster.Connect(Action{MemcachedPoolOptions})"/> says otherwise: clients with a
    /// <see cref="CacheClientAttribute.Dialect"/> need a pool that has it. Default: <see cref="ValueDialect.Pecl"/>, as of each pool.
    /// </summary>
    public ValueDialect ValueDialect { get; set; } = ValueDialect.Pecl;

    /// <summary>The version that the servers report. Default: 1.6.40.</summary>
    public string ServerVersion { get; set; } = "1.6.40";
}
