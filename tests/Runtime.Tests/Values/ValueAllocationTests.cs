using TypedCache.Values;

namespace TypedCache.Tests.Values;

public class ValueAllocationTests
{
    private const int Rounds = 100;

    private readonly ValuePipeline _pipeline = new(ValueDialect.Pecl, new CompressionOptions());
    private readonly PayloadBuffer _buffer = new();

    [Fact]
    public void Writing_allocates_nothing()
    {
        Assert.Equal(0, Encoding(CacheCodecs.Int32, int.MinValue));
        Assert.Equal(0, Encoding(CacheCodecs.UInt64, ulong.MaxValue));
        Assert.Equal(0, Encoding(CacheCodecs.Double, 1.0 / 3));
        Assert.Equal(0, Encoding(CacheCodecs.Boolean, true));
        Assert.Equal(0, Encoding(CacheCodecs.String, new string('é', 3000)));
        Assert.Equal(0, Encoding(CacheCodecs.Bytes, new byte[10_000]));
    }

    [Fact]
    public void Reading_allocates_the_value_alone()
    {
        Assert.Equal(0, Decoding(CacheCodecs.Int32, 0x300, "-12345"u8));
        Assert.Equal(0, Decoding(CacheCodecs.Double, 0x700, "1.0e+25"u8));
        Assert.Equal(0, Decoding(CacheCodecs.Boolean, 0x100, "1"u8));
        Assert.Equal(Cost(() => new byte[100]), Decoding(CacheCodecs.Bytes, 0, new byte[100]));
        Assert.Equal(Cost(() => new string('a', 10)), Decoding(CacheCodecs.String, 0, "aaaaaaaaaa"u8));
    }

    private long Encoding<T>(ICacheCodec<T> codec, T value) => Cost(() =>
    {
        _pipeline.Encode(codec, value, _buffer);
        _buffer.Clear();
        return null;
    });

    private long Decoding<T>(ICacheCodec<T> codec, uint flags, ReadOnlySpan<byte> payload)
    {
        ReadOnlyMemory<byte> memory = payload.ToArray();
        T? last = default;
        var cost = Cost(() =>
        {
            last = _pipeline.Decode(codec, "key"u8, flags, memory);
            return null;
        });
        Assert.NotNull(last);
        return cost;
    }

    /// <summary>Bytes allocated per call, once everything is warm.</summary>
    private static long Cost(Func<object?> call)
    {
        for (var i = 0; i < Rounds; i++)
        {
            call();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            GC.KeepAlive(call());
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
