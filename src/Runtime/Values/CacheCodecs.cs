namespace TypedCache.Values;

/// <summary>The codecs of the types which need no serializer.</summary>
public static class CacheCodecs
{
    /// <summary>Text, raw UTF-8.</summary>
    public static ICacheCodec<string> String => throw new NotSupportedException();

    /// <summary>Bytes, raw.</summary>
    public static ICacheCodec<byte[]> Bytes => throw new NotSupportedException();

    /// <summary>Bytes, raw.</summary>
    public static ICacheCodec<ReadOnlyMemory<byte>> Memory => throw new NotSupportedException();

    /// <summary>A bool as text.</summary>
    public static ICacheCodec<bool> Boolean => throw new NotSupportedException();

    /// <summary>A number as text.</summary>
    public static ICacheCodec<byte> Byte => throw new NotSupportedException();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<sbyte> SByte => throw new NotSupportedException();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<short> Int16 => throw new NotSupportedException();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<ushort> UInt16 => throw new NotSupportedException();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<int> Int32 => throw new NotSupportedException();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<uint> UInt32 => throw new NotSupportedException();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<long> Int64 => throw new NotSupportedException();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<ulong> UInt64 => throw new NotSupportedException();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<float> Single => throw new NotSupportedException();

    /// <inheritdoc cref="Byte"/>
    public static ICacheCodec<double> Double => throw new NotSupportedException();

    /// <summary>The codec of <c>T?</c> over the codec of <c>T</c>; null itself cannot be written.</summary>
    public static ICacheCodec<T?> Nullable<T>(ICacheCodec<T> codec)
        where T : struct => throw new NotSupportedException();
}
