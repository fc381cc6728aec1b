using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>Reads a stored value as one of several types.</summary>
/// <param name="Name">The type.</param>
/// <param name="Read">Reads.</param>
internal sealed record TypedRead(string Name, Func<PipelineProbe, uint, byte[], object?> Read)
{
    /// <summary>The types of all codecs that need no serializer.</summary>
    public static IReadOnlyList<TypedRead> All { get; } =
    [
        Of("String", CacheCodecs.String),
        Of("Byte[]", CacheCodecs.Bytes),
        Of("Boolean", CacheCodecs.Boolean),
        Of("SByte", CacheCodecs.SByte),
        Of("Byte", CacheCodecs.Byte),
        Of("Int16", CacheCodecs.Int16),
        Of("UInt16", CacheCodecs.UInt16),
        Of("Int32", CacheCodecs.Int32),
        Of("UInt32", CacheCodecs.UInt32),
        Of("Int64", CacheCodecs.Int64),
        Of("UInt64", CacheCodecs.UInt64),
        Of("Single", CacheCodecs.Single),
        Of("Double", CacheCodecs.Double),
        Of("DateTime", CacheCodecs.DateTime),
    ];

    /// <summary>The reader of the type of a value.</summary>
    public static TypedRead Like(object? value) => All.Single(read => read.Name == (value?.GetType().Name ?? nameof(String)));

    private static TypedRead Of<T>(string name, ICacheCodec<T> codec) => new(name, (probe, flags, bytes) => probe.Decode(codec, flags, bytes));
}
