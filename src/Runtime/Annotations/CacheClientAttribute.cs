using TypedCache.Keys;

namespace TypedCache;

/// <summary>
/// Marks a <c>partial interface</c> as a typed cache client. The generator implements it at compile time;
/// <see cref="MemcachedPool.CreateClient{T}"/> returns the implementation, without reflection.
/// </summary>
/// <param name="prefix">
/// Precedes every key of the interface, followed by <c>:</c>; null or empty for no prefix.
/// </param>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class CacheClientAttribute(string? prefix = null) : Attribute
{
    /// <summary>The text in front of every key of the interface, without the <c>:</c> that follows it.</summary>
    public string? Prefix { get; } = prefix;

    /// <summary>
    /// How long values live unless the method says otherwise: a duration such as <c>"90s"</c>, <c>"10m"</c>, <c>"1h30m"</c>
    /// or <c>"7d"</c>. Not set: they do not expire.
    /// </summary>
    public string? Expires { get; set; }

    /// <summary><see cref="CacheKeyAttribute.Stale"/> of the methods that use it and do not set it themselves.</summary>
    public string? Stale { get; set; }

    /// <summary><see cref="CacheKeyAttribute.FailSafe"/> of the methods that use it and do not set it themselves.</summary>
    public string? FailSafe { get; set; }

    /// <summary><see cref="CacheKeyAttribute.LeaseTime"/> of the methods that use it and do not set it themselves.</summary>
    public string? LeaseTime { get; set; }

    /// <summary><see cref="CacheKeyAttribute.LeaseWait"/> of the methods that use it and do not set it themselves.</summary>
    public string? LeaseWait { get; set; }

    /// <summary><see cref="CacheKeyAttribute.Jitter"/> of the methods that use it and do not set it themselves.</summary>
    public string? Jitter { get; set; }

    /// <summary><see cref="CacheKeyAttribute.Audit"/> of the methods that use it and do not set it themselves.</summary>
    public double Audit { get; set; }

    /// <summary><see cref="CacheKeyAttribute.CacheNull"/> of the methods that use it and do not set it themselves.</summary>
    public bool CacheNull { get; set; }

    /// <summary><see cref="CacheKeyAttribute.Near"/> of the methods that use it and do not set it themselves.</summary>
    public string? Near { get; set; }

    /// <summary><see cref="CacheKeyAttribute.NearRevalidate"/> of the methods that use it and do not set it themselves.</summary>
    public string? NearRevalidate { get; set; }

    /// <summary>
    /// For how long this process keeps the versions of tags (<see cref="CacheTagAttribute"/>), so that reads need not ask for them: a
    /// duration of at least <c>"100ms"</c>, 1 second if it is not set, or <c>"0s"</c> to ask each time.
    /// </summary>
    public string? TagNear { get; set; }

    /// <summary>
    /// Adds <c>v{Version}:</c> behind the prefix, so that a new version never reads what an older one wrote. 0: nothing is added.
    /// </summary>
    public int Version { get; set; }

    /// <summary>
    /// Adds a fingerprint of each value's serialized shape in front of its key's template, so that a program with another shape
    /// never reads the old bytes. See <see cref="CacheKeyAttribute.Schema"/>.
    /// </summary>
    public bool Schema { get; set; }

    /// <summary>What happens to arguments that memcached would not accept in a key.</summary>
    public KeyPolicy KeyPolicy { get; set; }

    /// <summary>
    /// Which other clients share the values of the interface. The compiler then refuses types that these could not read (TC0307), tags
    /// (TC0308), and counting what is stored as bytes (TC0309). The pool has to have the same dialect
    /// (<see cref="MemcachedPoolOptions.ValueDialect"/>): creating a client over another one throws <see cref="InvalidOperationException"/>.
    /// Default: <see cref="CacheDialect.Any"/>.
    /// </summary>
    /// <remarks>
    /// Values that were stored in another dialect stay as they are: raise <see cref="Version"/> together with a change. Other clients know
    /// nothing of <see cref="Stale"/> and get a value for its whole time on the server; of <see cref="Near"/>, so that what they write is seen
    /// when that has passed; and of leases: while a missing value is created, they read an empty text in its place, unless all pools use
    /// <see cref="MemcachedProtocol.Classic"/>.
    /// </remarks>
    public CacheDialect Dialect { get; set; }
}
