namespace TypedCache.Values;

/// <summary>What the bytes of a stored value are, as its flags say.</summary>
public enum ValueKind
{
    /// <summary>Text or bytes, as they are.</summary>
    Raw,

    /// <summary>A whole number as decimal text.</summary>
    Integer,

    /// <summary>A floating-point number as text.</summary>
    Float,

    /// <summary>A bool as text.</summary>
    Boolean,

    /// <summary>MessagePack.</summary>
    MessagePack,

    /// <summary>PHP's own <c>serialize()</c> format.</summary>
    PhpSerialized,

    /// <summary>What PHP's igbinary extension wrote. It is not read.</summary>
    Igbinary,

    /// <summary>JSON that PHP or Node.js wrote. It is not read.</summary>
    Json,

    /// <summary>A kind that this dialect does not know.</summary>
    Unknown,

    /// <summary>A value with the versions of its tags (<see cref="TaggedCodec{T}"/>), of any of the kinds that this library writes.</summary>
    Tagged,

    /// <summary>The null of a client other than PHP. There are no bytes.</summary>
    Null,

    /// <summary>A date and time as text in the round-trip format (<c>O</c>).</summary>
    Date,

    /// <summary>An object that EnyimMemcachedCore wrote, as BSON. It is not read.</summary>
    Bson,

    /// <summary>An object that EnyimMemcached wrote, in the format of .NET's BinaryFormatter or NetDataContractSerializer. It is not read.</summary>
    DotNetSerialized,

    /// <summary>A Python object other than a number, a bool, None, a string or bytes, as pickle. It is not read.</summary>
    Pickle,

    /// <summary>A Ruby object other than a number, a bool, nil, a string or a symbol, as Marshal. It is not read.</summary>
    Marshal,

    /// <summary>A serialized Java object. It is not read.</summary>
    JavaSerialized,

    /// <summary>
    /// What the client of the dialect does not write: flags that it does not have, or bytes that do not fit them. It is not read, not even
    /// as bytes, because other clients use the same flags for other things.
    /// </summary>
    Foreign,
}
