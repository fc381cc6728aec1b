using System.Text;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

/// <summary>Sends values through a pipeline and shows what is on the wire.</summary>
internal sealed class PipelineProbe(ValueDialect dialect, CompressionOptions? compression = null)
{
    private readonly ValuePipeline _pipeline = new(dialect, compression ?? new CompressionOptions());

    public static PipelineProbe Pecl { get; } = new(ValueDialect.Pecl);

    public static PipelineProbe PhpMemcached { get; } = new(ValueDialect.PhpMemcached);

    public (uint Flags, byte[] Bytes) Encode<T>(ICacheCodec<T> codec, T value)
    {
        var buffer = new PayloadBuffer();
        var flags = _pipeline.Encode(codec, value, buffer);
        var bytes = buffer.WrittenSpan.ToArray();
        buffer.Clear();
        return (flags, bytes);
    }

    /// <summary>Encodes, and gives the bytes as text.</summary>
    public (uint Flags, string Text) EncodeText<T>(ICacheCodec<T> codec, T value)
    {
        var (flags, bytes) = Encode(codec, value);
        return (flags, Encoding.UTF8.GetString(bytes));
    }

    public T Decode<T>(ICacheCodec<T> codec, uint flags, byte[] bytes, string key = "some:key") =>
        _pipeline.Decode(codec, Encoding.UTF8.GetBytes(key), flags, bytes);

    public T Decode<T>(ICacheCodec<T> codec, uint flags, string text, string key = "some:key") =>
        Decode(codec, flags, Encoding.UTF8.GetBytes(text), key);

    /// <summary>Encodes a byte[], long, double or bool.</summary>
    public (uint Flags, byte[] Bytes) EncodeScalar(object value) => value switch
    {
        byte[] bytes => Encode(CacheCodecs.Bytes, bytes),
        long number => Encode(CacheCodecs.Int64, number),
        double number => Encode(CacheCodecs.Double, number),
        bool flag => Encode(CacheCodecs.Boolean, flag),
        _ => throw new ArgumentException($"{value.GetType()} is no scalar", nameof(value)),
    };

    /// <summary>Decodes a value of the same type as another.</summary>
    public object DecodeLike(object value, uint flags, byte[] bytes) => value switch
    {
        byte[] => Decode(CacheCodecs.Bytes, flags, bytes),
        long => Decode(CacheCodecs.Int64, flags, bytes),
        double => Decode(CacheCodecs.Double, flags, bytes),
        bool => Decode(CacheCodecs.Boolean, flags, bytes),
        _ => throw new ArgumentException($"{value.GetType()} is no scalar", nameof(value)),
    };

    public CacheValueException Refused<T>(ICacheCodec<T> codec, uint flags, byte[] bytes, string key = "some:key") =>
        Assert.Throws<CacheValueException>(() => Decode(codec, flags, bytes, key));

    public CacheValueException Refused<T>(ICacheCodec<T> codec, uint flags, string text, string key = "some:key") =>
        Refused(codec, flags, Encoding.UTF8.GetBytes(text), key);
}
