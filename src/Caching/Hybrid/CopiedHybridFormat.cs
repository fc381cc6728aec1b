using System.Buffers;
using TypedCache.Values;

namespace TypedCache.Caching;

/// <summary>The same stored bytes as those of a <see cref="HybridFormat{T}"/>, for values of which callers get copies.</summary>
internal sealed class CopiedHybridFormat<T>(HybridFormat<T> format) : ISharedCacheCodec<HybridValue<T>>
{
    public void Write(ref ValueWriter writer, HybridValue<T> value)
    {
        if (!value.IsStorable)
        {
            throw new ValueTooLargeException();
        }

        if (value.Serialized is { } serialized)
        {
            writer.WriteRaw(serialized.Span);
        }
        else
        {
            format.Write(ref writer, value.Value!);
        }
    }

    public HybridValue<T> Read(in StoredValue stored) => HybridValue<T>.Own(format.Read(stored));

    // It is read as well, because bytes that cannot be read count as a miss.
    public HybridValue<T> ReadShared(in StoredValue stored)
    {
        format.Read(stored);
        return HybridValue<T>.Copied(stored.Payload.ToArray());
    }

    /// <summary>Serializes a value that was created.</summary>
    public HybridValue<T> Copy(T value)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            format.Serialize(value, output);
        }
        catch (ValueTooLargeException)
        {
            return HybridValue<T>.TooLarge(value);
        }

        return HybridValue<T>.Copied(output.WrittenMemory);
    }

    /// <summary>Gives one caller its value.</summary>
    public T Take(HybridValue<T> value) => value.Serialized is { } serialized ? format.Deserialize(serialized) : value.Value!;
}
