namespace TypedCache;

/// <summary>
/// Limits a text that is part of a key, so that the longest key is known when the interface is compiled. It goes on a
/// <see cref="string"/> parameter, on a collection of strings, or on the <see cref="string"/> property that the template names.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class KeyPartAttribute : Attribute
{
    /// <summary>
    /// The longest text, in UTF-16 code units as <see cref="string.Length"/> counts them. Each can take up three bytes of the key.
    /// A longer argument throws <see cref="Keys.CacheKeyException"/>, and nothing is sent.
    /// </summary>
    public int MaxLength { get; set; }
}
