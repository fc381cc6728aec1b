namespace TypedCache;

/// <summary>
/// Names the codec of a value, in place of the generated or built-in one. On a parameter it applies to the value that the parameter
/// stores, on a method to the value that the method stores or reads, on a type to all values of the type. A parameter's codec takes
/// precedence over a method's, and a method's over a type's.
/// </summary>
/// <param name="codec">
/// A class or struct that implements <see cref="Values.ICacheCodec{T}"/> for the type of the value, or for <c>T</c> where the value is a
/// <c>T?</c>. It needs a constructor without parameters that the project can call, and is created once for each client interface.
/// </param>
/// <remarks>
/// A codec writes whole values. A type with this attribute cannot be part of another value, such as a list or an object, unless that
/// has such a codec as well. <see cref="CacheKeyAttribute.Schema"/> uses the full name of the codec as the fingerprint, since what the
/// codec writes is not known: another layout needs another codec class, or another
/// <see cref="CacheClientAttribute.Version"/>.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface,
    Inherited = false)]
public sealed class CacheCodecAttribute(Type codec) : Attribute
{
    /// <summary>The codec.</summary>
    public Type Codec { get; } = codec;
}
