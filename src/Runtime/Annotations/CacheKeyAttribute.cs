namespace TypedCache;

/// <summary>
/// Gives the key of a cache operation as a template: literals, <c>{parameter}</c>, <c>{parameter:format}</c>,
/// <c>{{</c> and <c>}}</c>. The culture is always the invariant one. The operation comes from the method's first word
/// (<c>Get</c>, <c>Set</c>, <c>Delete</c> ...) or from <see cref="Operation"/>.
/// </summary>
/// <param name="template">
/// The template. With prefix and worst-case arguments the key may have at most 250 bytes (memcached's protocol.txt, "Keys").
/// </param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CacheKeyAttribute(string template) : Attribute
{
    /// <summary>The key template.</summary>
    public string Template { get; } = template;

    /// <summary>What the method does, where its name does not say.</summary>
    public CacheOperation Operation { get; set; }

    /// <summary>
    /// Adds a fingerprint of the value's serialized shape in front of the template: eight hex digits and <c>:</c>. Another member, type or
    /// MessagePack key gives another fingerprint, nested types included; another name of a member with a number as its key does not. All
    /// methods with one template have to agree. Not set: as <see cref="CacheClientAttribute.Schema"/> says.
    /// </summary>
    public bool Schema { get; set; }

    /// <summary>
    /// How long the value lives: a duration such as <c>"90s"</c>, <c>"10m"</c>, <c>"1h30m"</c> or <c>"7d"</c>.
    /// A <see cref="TimeSpan"/> or <see cref="CacheExpiry"/> parameter of the method overrides it.
    /// </summary>
    public string? Expires { get; set; }

    /// <summary>
    /// How long a value is still given after it has expired or was invalidated, while one caller of the fleet creates it anew: a duration as
    /// in <see cref="Expires"/>, or <c>"0s"</c> for none. Of <see cref="CacheOperation.GetOrCreate"/>,
    /// <see cref="CacheOperation.Invalidate"/> and all operations which give an expiry to a value: the server keeps it for both times
    /// together. All of one key have to agree.
    /// </summary>
    public string? Stale { get; set; }

    /// <summary>
    /// How long a stale value is given on, before the next attempt, where creating it anew has failed: a duration, or <c>"0s"</c> for none.
    /// Of <see cref="CacheOperation.GetOrCreate"/>; needs <see cref="Stale"/>.
    /// </summary>
    public string? FailSafe { get; set; }

    /// <summary>
    /// How long the caller who creates a value is left alone before another one may, should it have died: a duration; 10 seconds where
    /// it is not set. Of <see cref="CacheOperation.GetOrCreate"/>.
    /// </summary>
    public string? LeaseTime { get; set; }

    /// <summary>
    /// How long other callers wait for the one who creates a value, before they create it for themselves: a duration; 3 seconds where it
    /// is not set. Of <see cref="CacheOperation.GetOrCreate"/>.
    /// </summary>
    public string? LeaseWait { get; set; }

    /// <summary>
    /// The part of the expiry by which it may be shorter, at random, such as <c>"10%"</c>: values which are stored together do not all
    /// expire at once. Of all operations which have an expiry.
    /// </summary>
    public string? Jitter { get; set; }

    /// <summary>
    /// Whether null is stored where it was created. Not set: callers get it, but it is not stored, and the next caller tries again.
    /// Of <see cref="CacheOperation.GetOrCreate"/> with a result which can be null.
    /// </summary>
    public bool CacheNull { get; set; }
}
