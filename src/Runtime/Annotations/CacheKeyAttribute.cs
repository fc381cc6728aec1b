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
}
