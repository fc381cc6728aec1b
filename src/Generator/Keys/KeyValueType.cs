namespace TypedCache.Generator.Keys;

/// <summary>The types whose text in a key the generator knows.</summary>
internal enum KeyValueType
{
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Int128,
    UInt128,
    Half,
    Single,
    Double,
    Decimal,
    Boolean,
    Char,
    String,
    Guid,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
    Version,

    /// <summary>Any enum.</summary>
    Enum,

    /// <summary>Any other type that formats itself as UTF-8.</summary>
    Formattable,
}
