namespace TypedCache;

/// <summary>
/// The key of a cache operation as a template: literals, <c>{parameter}</c>, <c>{parameter:format}</c>,
/// <c>{{</c> and <c>}}</c>. Values are always formatted in the invariant culture. The operation is the method's first word
/// (<c>Get</c>, <c>Set</c>, <c>Delete</c> ...) or <see cref="Operation"/>.
/// </summary>
/// <param name="template">
/// The template. With its prefix and worst-case arguments the key may have at most 250 bytes (memcached's protocol.txt, "Keys").
/// </param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CacheKeyAttribute(string template) : Attribute
{
    /// <summary>The key template.</summary>
    public string Template { get; } = template;

    /// <summary>What the method does, if its name does not say.</summary>
    public CacheOperation Operation { get; set; }

    /// <summary>
    /// Adds a fingerprint of the value's serialized shape in front of the template: eight hex digits and <c>:</c>. A new member, type or
    /// MessagePack key changes the fingerprint, in nested types too; a new name of a member with a numeric key does not. All methods
    /// with one template have to agree. Not set: as <see cref="CacheClientAttribute.Schema"/> says.
    /// </summary>
    public bool Schema { get; set; }

    /// <summary>
    /// How long the value lives: a duration such as <c>"90s"</c>, <c>"10m"</c>, <c>"1h30m"</c> or <c>"7d"</c>.
    /// A <see cref="TimeSpan"/> or <see cref="CacheExpiry"/> parameter of the method overrides it.
    /// </summary>
    public string? Expires { get; set; }

    /// <summary>
    /// How long a value is still served after it has expired or was invalidated, while one caller in the fleet refreshes it: a duration as
    /// in <see cref="Expires"/>, or <c>"0s"</c> for none. For <see cref="CacheOperation.GetOrCreate"/>,
    /// <see cref="CacheOperation.Invalidate"/> and all operations that set the expiry of a value: the server keeps it for both times
    /// together. All methods of one key have to agree.
    /// </summary>
    public string? Stale { get; set; }

    /// <summary>
    /// How long a stale value is still served after a failed refresh, before the next attempt: a duration, or <c>"0s"</c> for none.
    /// For <see cref="CacheOperation.GetOrCreate"/>; needs <see cref="Stale"/>.
    /// </summary>
    public string? FailSafe { get; set; }

    /// <summary>
    /// How long one caller may take to create a value before another one may try, in case the first has died: a duration; 10 seconds
    /// if it is not set. For <see cref="CacheOperation.GetOrCreate"/>.
    /// </summary>
    public string? LeaseTime { get; set; }

    /// <summary>
    /// How long other callers wait for the one who creates a value before they create it for themselves: a duration; 3 seconds if it
    /// is not set. For <see cref="CacheOperation.GetOrCreate"/>.
    /// </summary>
    public string? LeaseWait { get; set; }

    /// <summary>
    /// How much shorter the expiry may be, at random, such as <c>"10%"</c>, so that values stored together do not all expire together.
    /// For all operations that have an expiry.
    /// </summary>
    public string? Jitter { get; set; }

    /// <summary>
    /// Of which share of the hits the value is compared with what the create function gives now, in the background: from 0 (default, of none)
    /// to 1; <c>0.001</c> is one in a thousand. Metrics say where they differ: there an invalidation was forgotten. For
    /// <see cref="CacheOperation.GetOrCreate"/>. See <see cref="GetOrCreateOptions.Audit"/> for what that asks of the create function.
    /// </summary>
    public double Audit { get; set; }

    /// <summary>
    /// Whether null is stored when it is what was created. Not set: callers get it, but it is not stored, and the next caller tries again.
    /// For <see cref="CacheOperation.GetOrCreate"/> with a result that can be null.
    /// </summary>
    public bool CacheNull { get; set; }

    /// <summary>
    /// For how long a value that this process has read is given out without asking its server: a duration of at least <c>"100ms"</c>, or
    /// <c>"0s"</c> for none (default). A read gives a value that was current on its server within that time plus one round trip, and all
    /// that this process has written itself. For <see cref="CacheOperation.Get"/> and
    /// <see cref="CacheOperation.GetOrCreate"/>, of one value or many. All methods of one key have to agree, and it has to be shorter than <see cref="Expires"/>.
    /// </summary>
    public string? Near { get; set; }

    /// <summary>
    /// For how long this process keeps a value after it has read it in full, to ask its server each <see cref="Near"/> whether it has
    /// changed, and not for the value: a duration that is longer than <see cref="Near"/>, or <c>"0s"</c> for none (default).
    /// </summary>
    public string? NearRevalidate { get; set; }
}
