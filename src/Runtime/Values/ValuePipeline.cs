namespace TypedCache.Values;

/// <summary>The way of a value between a codec and the wire: codec, flags, compression, and back.</summary>
internal sealed class ValuePipeline(ValueDialect dialect, CompressionOptions compression)
{
    /// <summary>Writes a value into <paramref name="output"/>, compressed where that pays, and gives its flags.</summary>
    public uint Encode<T>(ICacheCodec<T> codec, T value, PayloadBuffer output) => throw new NotSupportedException($"{dialect} {compression}");

    /// <summary>Reads a value from what a server sent. The payload is not kept.</summary>
    /// <exception cref="CacheValueException">It cannot be read as <typeparamref name="T"/>.</exception>
    public T Decode<T>(ICacheCodec<T> codec, ReadOnlySpan<byte> key, uint flags, ReadOnlyMemory<byte> payload) => throw new NotSupportedException();
}
