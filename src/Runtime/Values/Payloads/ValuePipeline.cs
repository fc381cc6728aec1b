using System.Diagnostics;
using System.Text;
using TypedCache.Keys;

namespace TypedCache.Values;

/// <summary>The way of a value between a codec and the wire: codec, flags, compression, and back.</summary>
internal sealed class ValuePipeline(ValueDialect dialect, CompressionOptions compression)
{
    private readonly ExpansionBudget _budget = new(compression.MaxExpandedTogether);

    /// <summary>Writes a value into <paramref name="output"/>, which is empty, compressed if that pays, and returns its flags.</summary>
    /// <exception cref="InvalidOperationException">The codec wrote no value, or more than one.</exception>
    public uint Encode<T>(ICacheCodec<T> codec, T value, PayloadBuffer output)
    {
        var flags = EncodePart(codec, value, output, out var isCompressible);
        var mayCompress = isCompressible && compression.Threshold != 0 && output.Length >= compression.Threshold;
        return mayCompress && compression.Compressor is { } compressor ? flags | dialect.Compress(compressor, output, compression.MinimumSaving) : flags;
    }

    /// <summary>Writes what is added to a stored value. It is never compressed, since the stored flags stay as they are.</summary>
    /// <exception cref="InvalidOperationException">The codec wrote no value, or more than one.</exception>
    public void EncodePart<T>(ICacheCodec<T> codec, T value, PayloadBuffer output) => EncodePart(codec, value, output, out _);

    /// <summary>Reads a value from what a server sent. The payload is not kept.</summary>
    /// <exception cref="CacheValueException">It cannot be read as <typeparamref name="T"/>.</exception>
    public T Decode<T>(ICacheCodec<T> codec, ReadOnlySpan<byte> key, uint flags, ReadOnlyMemory<byte> payload) =>
        dialect.IsCompressed(flags)
            ? DecodeCompressed(codec, key, flags, payload)
            : Read(codec, new StoredValue(key, flags, payload, dialect));

    /// <summary>Whether the stored bytes are what <see cref="Decode"/> would return, so that they need not go through the codec.</summary>
    public bool IsVerbatim<T>(ICacheCodec<T> codec, uint flags) =>
        codec is BytesCodec && !dialect.IsCompressed(flags) && BytesCodec.CanRead(dialect.KindOf(flags));

    private uint EncodePart<T>(ICacheCodec<T> codec, T value, PayloadBuffer output, out bool isCompressible)
    {
        Debug.Assert(output.Length == 0, "a buffer holds one value");
        var writer = new ValueWriter(dialect, output, codec);
        codec.Write(ref writer, value);
        var flags = writer.Finish();
        isCompressible = writer.Kind is ValueKind.Raw or ValueKind.MessagePack && !writer.StaysUncompressed;
        return flags;
    }

    private T DecodeCompressed<T>(ICacheCodec<T> codec, ReadOnlySpan<byte> key, uint flags, ReadOnlyMemory<byte> payload)
    {
        using var expanded = new ExpandedPayload(_budget, compression.MaxExpandedSize);
        try
        {
            dialect.Expand(payload, flags, compression, expanded);
        }
        catch (InvalidDataException exception)
        {
            throw new StoredValue(key, flags, payload, dialect).Unreadable(TypeName.Of(typeof(T)), exception);
        }
        catch (ExpansionRefusedException refusal)
        {
            throw new CacheValueException($"The value of key {ShownText.Of(key)} is compressed and was not expanded: {refusal.Message}")
            {
                Key = Encoding.UTF8.GetString(key),
                Flags = flags,
            };
        }

        return Read(codec, new StoredValue(key, flags, expanded.Written, dialect));
    }

    // Hostile or foreign bytes make readers throw all sorts of exceptions; callers see one.
    private static T Read<T>(ICacheCodec<T> codec, in StoredValue stored)
    {
        try
        {
            return codec.Read(stored);
        }
        catch (Exception exception) when (exception is not (CacheValueException or OutOfMemoryException))
        {
            throw stored.Unreadable(TypeName.Of(typeof(T)), exception);
        }
    }
}
