namespace TypedCache.Values;

/// <summary>
/// The codecs of the types that need no serializer. The forms named here are those of PHP's dialects; under another one a value has the form
/// that its client gives to the type.
/// </summary>
public static class CacheCodecs
{
    /// <summary>Text, raw UTF-8. Numbers and bools are read as their text, the null of another client as null. null cannot be written.</summary>
    public static ICacheCodec<string> String { get; } = new StringCodec();

    /// <summary>Bytes, raw. Reads anything stored except MessagePack, dates, and what clients of other languages serialized; the null of another client as null. null cannot be written.</summary>
    public static ICacheCodec<byte[]> Bytes { get; } = new BytesCodec();

    /// <summary>Bytes, raw, as <see cref="Bytes"/>; what is read is a copy.</summary>
    public static ICacheCodec<ReadOnlyMemory<byte>> Memory { get; } = new MemoryCodec();

    /// <summary>A bool as text. Reads the texts <c>1</c> and <c>0</c> as well.</summary>
    public static ICacheCodec<bool> Boolean { get; } = new BooleanCodec();

    /// <summary>A whole number as decimal text. Reads counters and bools as well; what does not fit is refused.</summary>
    public static ICacheCodec<byte> Byte { get; } = new IntegerCodec<byte>();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<sbyte> SByte { get; } = new IntegerCodec<sbyte>();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<short> Int16 { get; } = new IntegerCodec<short>();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<ushort> UInt16 { get; } = new IntegerCodec<ushort>();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<int> Int32 { get; } = new IntegerCodec<int>();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<uint> UInt32 { get; } = new IntegerCodec<uint>();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<long> Int64 { get; } = new IntegerCodec<long>();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<ulong> UInt64 { get; } = new IntegerCodec<ulong>();

    /// <summary>A floating-point number as text that gives the same number back. Reads whole numbers as well.</summary>
    public static ICacheCodec<float> Single { get; } = new SingleCodec();

    /// <inheritdoc cref="Single"/>
    public static ICacheCodec<double> Double { get; } = new DoubleCodec();

    /// <summary>
    /// A date and time in the form of the client with which it is shared: <see cref="ValueDialect.Enyim"/> keeps ticks and
    /// <see cref="DateTime.Kind"/>; <see cref="ValueDialect.Spymemcached"/> and <see cref="ValueDialect.NodeMemcached"/> keep milliseconds
    /// of UTC, for which they take a date of unspecified kind. Under other dialects writing throws <see cref="InvalidOperationException"/>.
    /// </summary>
    public static ICacheCodec<DateTime> DateTime { get; } = new DateTimeCodec();

    /// <summary>
    /// A codec that stores its values uncompressed, whatever the pool's <see cref="CompressionOptions"/> say: for values that
    /// <c>AppendAsync</c> and <c>PrependAsync</c> add to. Compressed values are read as well.
    /// </summary>
    /// <param name="codec">Writes and reads the values. Keep what is returned: each call makes a new object.</param>
    /// <exception cref="ArgumentNullException"><paramref name="codec"/> is null.</exception>
    public static ICacheCodec<T> Uncompressed<T>(ICacheCodec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return new UncompressedCodec<T>(codec);
    }

    /// <summary>The codec of <c>T?</c> over the codec of <c>T</c>. The null of another client is read; null itself cannot be written.</summary>
    /// <param name="codec">The codec of the values.</param>
    /// <exception cref="ArgumentNullException"><paramref name="codec"/> is null.</exception>
    public static ICacheCodec<T?> Nullable<T>(ICacheCodec<T> codec)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(codec);
        return new NullableCodec<T>(codec);
    }

    /// <summary>A codec that refuses to write null. Generated clients use it for batches of values that are not nullable.</summary>
    /// <param name="codec">The codec of the values.</param>
    /// <exception cref="ArgumentNullException"><paramref name="codec"/> is null.</exception>
    public static ICacheCodec<T> NotNull<T>(ICacheCodec<T> codec)
        where T : class?
    {
        ArgumentNullException.ThrowIfNull(codec);
        return new NotNullCodec<T>(codec);
    }
}
