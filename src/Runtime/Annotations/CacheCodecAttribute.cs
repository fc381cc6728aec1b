namespace TypedCache;

/// <summary>
/// Names the codec of a value, in place of the one which is generated or built in. On a parameter it counts for the value which the
/// parameter stores, on a method for the value which the method stores or reads, on a type for all values of the type. The parameter's
/// counts before the method's, and the method's before the type's.
/// </summary>
/// <param name="codec">
/// A class or struct which implements <see cref="Values.ICacheCodec{T}"/> for the type of the value, or for <c>T</c> where the value is a
/// <c>T?</c>. It needs a constructor without parameters which the project can call, and is made once for each client interface.
/// </param>
/// <remarks>
/// A codec writes whole values. A type with this attribute cannot be part of another value, such as a list or an object, unless that has
/// a codec which an attribute names as well. <see cref="CacheKeyAttribute.Schema"/> takes the full name of the codec for the fingerprint,
/// since what the codec writes cannot be known: another layout needs another codec class, or another
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
