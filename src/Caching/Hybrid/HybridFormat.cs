using System.Buffers;
using Microsoft.Extensions.Caching.Hybrid;
using TypedCache.Values;

namespace TypedCache.Caching;

/// <summary>
/// Stored values of one type: a byte that tells a null from a value, then what the type's serializer wrote. So no value is empty, which
/// would look like the placeholder of a lease, and serializers need no form for null.
/// </summary>
internal sealed class HybridFormat<T>(IHybridCacheSerializer<T> serializer, long longest, HybridCacheLog log) : ICacheCodec<T>
{
    private const byte Null = 0;
    private const byte Value = 1;

    public void Write(ref ValueWriter writer, T value) => Serialize(value, writer.BeginRaw());

    /// <exception cref="CacheValueException">The bytes are not this cache's, or the serializer does not understand them.</exception>
    public T Read(in StoredValue stored)
    {
        if (stored.Kind != ValueKind.Raw)
        {
            throw stored.Unreadable(Expected);
        }

        try
        {
            return Deserialize(stored.Payload);
        }
        catch (Exception exception)
        {
            throw stored.Unreadable(Expected, exception);
        }
    }

    /// <exception cref="ValueTooLargeException">There are more bytes than allowed; that has been logged.</exception>
    public void Serialize(T value, IBufferWriter<byte> output)
    {
        var isNull = value is null;
        output.Write([isNull ? Null : Value]);
        if (isNull)
        {
            return;
        }

        try
        {
            serializer.Serialize(value, new LimitedBufferWriter(output, longest));
        }
        catch (ValueTooLargeException)
        {
            log.PayloadTooLarge(typeof(T), longest);
            throw;
        }
    }

    public T Deserialize(ReadOnlyMemory<byte> stored)
    {
        if (stored.Span is [Value, ..])
        {
            return serializer.Deserialize(new ReadOnlySequence<byte>(stored[1..]));
        }

        return default(T) is null && stored.Span is [Null] ? default! : throw new FormatException("Its first byte is not that of a HybridCache value.");
    }

    private static string Expected => $"{typeof(T)} of {nameof(TypedCacheHybridCache)}";
}
