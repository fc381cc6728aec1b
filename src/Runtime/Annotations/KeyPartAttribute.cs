namespace TypedCache;

/// <summary>
/// Says more of a part of a key: how long a text can be, so that the longest key is known when the interface is compiled, and whether
/// it is a secret. It goes on a parameter, or on the property that the template names.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class KeyPartAttribute : Attribute
{
    /// <summary>
    /// The longest text, in UTF-16 code units as <see cref="string.Length"/> counts them. Each can take up three bytes of the key.
    /// A longer argument throws <see cref="Keys.CacheKeyException"/>, and nothing is sent.
    /// </summary>
    public int MaxLength { get; set; }

    /// <summary>
    /// Whether the part is a secret, such as a token, or personal. Then spans, exceptions and <c>ToString</c> of entries show the key's
    /// template, <c>session:{token}</c>, in the place of the key. It goes on a part of any type.
    /// </summary>
    public bool Sensitive { get; set; }
}
