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

    /// <summary>JSON that PHP wrote. It is not read.</summary>
    Json,

    /// <summary>A kind that this dialect does not know.</summary>
    Unknown,

    /// <summary>A value with the versions of its tags (<see cref="TaggedCodec{T}"/>), of any of the kinds that this library writes.</summary>
    Tagged,
}
