namespace TypedCache;

/// <summary>
/// Names the codec of a value, in place of the generated or built-in one. On a parameter it applies to the value that the parameter
/// stores, on a method to the value that the method stores or reads, on a type to all values of the type. On the assembly, together with
/// a type, it applies to all values of that type in the project's clients, so that a type of another library can have a codec. The nearest
/// one counts: the parameter's, then the method's, the assembly's, and the type's.
/// </summary>
/// <remarks>
/// A type or assembly codec writes the values inside other values as well, such as those in a list or an object (see
/// <see cref="Values.NestedCodec"/> for the stored form). <see cref="CacheKeyAttribute.Schema"/> uses the full name of the codec as the
/// fingerprint, since what the codec writes is not known: another layout needs another codec class, or another
/// <see cref="CacheClientAttribute.Version"/>.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Method | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface,
    AllowMultiple = true,
    Inherited = false)]
public sealed class CacheCodecAttribute : Attribute
{
    /// <summary>Names the codec of a parameter, a method or a type.</summary>
    /// <param name="codec">
    /// A class or struct that implements <see cref="Values.ICacheCodec{T}"/> for the type of the value, or for <c>T</c> where the value is a
    /// <c>T?</c>. It needs a constructor without parameters that the project can call, and is created once for each client interface.
    /// </param>
    public CacheCodecAttribute(Type codec) => Codec = codec;

    /// <summary>Names the codec of all values of a type: <c>[assembly: CacheCodec(typeof(Instant), typeof(InstantCodec))]</c>.</summary>
    /// <param name="type">The type of the values. It is no open generic type.</param>
    /// <param name="codec">A class or struct that implements <see cref="Values.ICacheCodec{T}"/> for <paramref name="type"/>.</param>
    public CacheCodecAttribute(Type type, Type codec)
    {
        Type = type;
        Codec = codec;
    }

    /// <summary>The type of the values; null where the attribute stands on what has the codec.</summary>
    public Type? Type { get; }

    /// <summary>The codec.</summary>
    public Type Codec { get; }
}
