using System.Diagnostics;
using System.Text;
using TypedCache.Keys;
using TypedCache.Telemetry;

namespace TypedCache.Values;

/// <summary>The way of a value between a codec and the wire: codec, flags, compression, and back.</summary>
/// <param name="dialect">How values are marked.</param>
/// <param name="compression">When they are compressed.</param>
/// <param name="maxLength">The longest value that is read from a server, in bytes; a longer one is not written either.</param>
/// <param name="telemetry">Hears how long values are, and which cannot be read.</param>
internal sealed class ValuePipeline(ValueDialect dialect, CompressionOptions compression, int maxLength = int.MaxValue, PoolTelemetry? telemetry = null)
{
    private readonly ExpansionBudget _budget = new(compression.MaxExpandedTogether);

    /// <summary>How values are marked.</summary>
    public ValueDialect Dialect => dialect;

    /// <summary>The longest value that is read and written, in bytes.</summary>
    public int MaxLength => maxLength;

    /// <summary>Writes a value into <paramref name="output"/>, which is empty, compressed if that pays, and returns its flags.</summary>
    /// <exception cref="InvalidOperationException">The codec wrote no value, or more than one.</exception>
    /// <exception cref="ValueTooLargeException">It could not be read again under the pool's own options.</exception>
    public uint Encode<T>(ICacheCodec<T> codec, T value, PayloadBuffer output, KeyTemplate? template = null)
    {
        var flags = WriteValue(codec, value, output, out var isCompressible);
        var mayCompress = isCompressible && compression.Threshold != 0 && output.Length >= compression.Threshold;
        if (mayCompress && compression.Compressor is { } compressor)
        {
            var length = output.Length;
            var added = dialect.Compress(compressor, output, compression.MinimumSaving);
            flags |= added;
            CheckExpansion(added == 0 ? 0 : length);
        }

        CheckLength(output);
        telemetry?.RecordValue(template, output.Length, dialect.IsCompressed(flags), isSent: true);
        return flags;
    }

    /// <summary>Writes what is added to a stored value. It is never compressed, since the stored flags stay as they are.</summary>
    /// <exception cref="InvalidOperationException">
    /// The codec wrote no value, or more than one; or nothing can be added to the values of the dialect.
    /// </exception>
    /// <exception cref="ValueTooLargeException">It could not be read again under the pool's own options.</exception>
    public void EncodePart<T>(ICacheCodec<T> codec, T value, PayloadBuffer output, KeyTemplate? template = null)
    {
        if (!dialect.CanBeAddedTo)
        {
            throw new InvalidOperationException(
                $"Under the dialect {dialect} nothing can be appended or prepended: what is stored is not the text or bytes alone. Read the value and store it whole, or use a pool with another dialect.");
        }

        WriteValue(codec, value, output, out _);
        CheckLength(output);
        telemetry?.RecordValue(template, output.Length, isCompressed: false, isSent: true);
    }

    /// <summary>Reads a value from what a server sent. The payload is not kept.</summary>
    /// <exception cref="CacheValueException">It cannot be read as <typeparamref name="T"/>.</exception>
    public T Decode<T>(ICacheCodec<T> codec, ReadOnlySpan<byte> key, uint flags, ReadOnlyMemory<byte> payload, KeyTemplate? template = null)
    {
        var shown = KeyTemplate.Show(template, key);
        telemetry?.RecordValue(template, payload.Length, dialect.IsCompressed(flags), isSent: false);
        try
        {
            return dialect.IsCompressed(flags)
                ? DecodeCompressed(codec, shown, flags, payload)
                : Read(codec, new StoredValue(shown, flags, payload, dialect));
        }
        catch (CacheValueException)
        {
            telemetry?.CouldNotRead(template, TypeName.Of(typeof(T)), flags);
            throw;
        }
    }

    /// <summary>Takes bytes that need no codec (<see cref="IsVerbatim"/>).</summary>
    public byte[] TakeVerbatim(byte[] bytes, KeyTemplate? template)
    {
        telemetry?.RecordValue(template, bytes.Length, isCompressed: false, isSent: false);
        return bytes;
    }

    /// <summary>Whether two values are written alike. Not every codec has a form for null.</summary>
    /// <exception cref="InvalidOperationException">The codec wrote no value, or more than one.</exception>
    public bool AreSame<T>(ICacheCodec<T> codec, T? one, T? other)
    {
        if (one is null || other is null)
        {
            return one is null && other is null;
        }

        var (first, second) = (new PayloadBuffer(), new PayloadBuffer());
        try
        {
            return WriteValue(codec, one, first, out _) == WriteValue(codec, other, second, out _) && first.WrittenSpan.SequenceEqual(second.WrittenSpan);
        }
        finally
        {
            first.Clear();
            second.Clear();
        }
    }

    /// <summary>Whether the stored bytes are what <see cref="Decode"/> would return, so that they need not go through the codec.</summary>
    public bool IsVerbatim<T>(ICacheCodec<T> codec, uint flags) =>
        codec is BytesCodec && !dialect.IsCompressed(flags) && dialect.IsVerbatim(flags);

    /// <summary>Throws if no value of the length would be read again.</summary>
    /// <exception cref="ValueTooLargeException">It is longer than <see cref="MaxLength"/>.</exception>
    public void CheckLength(PayloadBuffer output)
    {
        if (output.Length > maxLength)
        {
            throw new ValueTooLargeException(
                $"The value takes {output.Length} bytes in the cache, and no value of more than {maxLength} is read again. Raise {PublicNames.MaxValueLength} wherever it is read, or store less.");
        }
    }

    private uint WriteValue<T>(ICacheCodec<T> codec, T value, PayloadBuffer output, out bool isCompressible)
    {
        Debug.Assert(output.Length == 0, "a buffer holds one value");
        var writer = new ValueWriter(dialect, output, codec);
        codec.Write(ref writer, value);
        var flags = writer.Finish();
        isCompressible = writer.Kind is ValueKind.Raw or ValueKind.MessagePack && !writer.StaysUncompressed;
        return flags;
    }

    private void CheckExpansion(int length)
    {
        if (length > compression.MaxExpandedSize)
        {
            throw TooLargeToExpand(length, nameof(CompressionOptions.MaxExpandedSize), compression.MaxExpandedSize);
        }

        if (length > compression.MaxExpandedTogether)
        {
            throw TooLargeToExpand(length, nameof(CompressionOptions.MaxExpandedTogether), compression.MaxExpandedTogether);
        }
    }

    private static ValueTooLargeException TooLargeToExpand(int length, string option, long limit) => new(
        $"The value has {length} bytes before it is compressed, and none of more than {limit} is expanded again. Raise {nameof(CompressionOptions)}.{option} wherever it is read, or store less.");

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
