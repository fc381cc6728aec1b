using System.IO.Compression;
using System.Text;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

/// <summary>What compressed values cost while they are read.</summary>
public class ExpansionTests
{
    private const int MiB = 1024 * 1024;
    private const uint PeclZlib = 0x2;
    private const uint PhpZlib = 0x30;
    private const uint PhpFastLz = 0x50;

    [Fact]
    public void A_bomb_gets_no_memory_before_it_is_known_to_be_one()
    {
        var bomb = Zlib(new byte[130 * MiB]);
        PipelineProbe.Pecl.Refused(CacheCodecs.Bytes, PeclZlib, bomb);

        var allocated = Allocated(() => Assert.Contains(
            "MaxExpandedSize", PipelineProbe.Pecl.Refused(CacheCodecs.Bytes, PeclZlib, bomb).Message, StringComparison.Ordinal));

        Assert.True(allocated < MiB, $"{allocated} bytes, after one refusal has filled the array pool");
    }

    [Fact]
    public async Task Many_readers_of_a_bomb_together_stay_far_below_what_it_expands_to()
    {
        const int Readers = 32;
        var bomb = Zlib(new byte[100 * MiB]);
        var probe = new PipelineProbe(ValueDialect.Pecl, new CompressionOptions { MaxExpandedSize = 20 * MiB });

        // Each on a thread of its own, which counts what it allocates.
        var allocated = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Factory.StartNew(
            () => Allocated(() => probe.Refused(CacheCodecs.Bytes, PeclZlib, bomb)),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.True(allocated.Sum() < 2L * Readers * MiB, $"{allocated.Sum()} bytes");
    }

    [Fact]
    public void A_large_value_gets_just_what_it_needs()
    {
        var value = Words(10 * MiB + 12345);
        var compressed = Zlib(value);
        byte[]? read = null;

        var allocated = Allocated(() => read = PipelineProbe.Pecl.Decode(CacheCodecs.Bytes, PeclZlib, compressed));

        Assert.Equal(value, read);

        // The value, the memory it is expanded into, and the first attempt.
        Assert.True(allocated < (2L * value.Length) + (3 * MiB), $"{allocated} bytes");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(MiB - 1)]
    [InlineData(MiB)]
    [InlineData(MiB + 1)]
    [InlineData(3 * MiB)]
    public void Values_of_every_size_are_read_and_one_byte_more_than_allowed_is_not(int size)
    {
        var value = Words(size);
        Assert.Equal(value, Limited(ValueDialect.Pecl).Decode(CacheCodecs.Bytes, PeclZlib, Zlib(value)));
        Assert.Equal(value, Limited(ValueDialect.PhpMemcached).Decode(CacheCodecs.Bytes, PhpZlib, PhpValue(size, Zlib(value))));

        var larger = Words(size + 1);
        AssertTooLarge(Limited(ValueDialect.Pecl).Refused(CacheCodecs.Bytes, PeclZlib, Zlib(larger)));
        AssertTooLarge(Limited(ValueDialect.PhpMemcached).Refused(CacheCodecs.Bytes, PhpZlib, PhpValue(size + 1, Zlib(larger))));

        PipelineProbe Limited(ValueDialect dialect) => new(dialect, new CompressionOptions { MaxExpandedSize = size });
        void AssertTooLarge(CacheValueException refusal) => Assert.Contains($"the {size} bytes allowed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_that_the_data_cannot_reach_or_exceeds_is_refused_before_there_is_room_for_it()
    {
        var compressed = Zlib(Words(5000));

        var allocated = Allocated(() => Assert.Contains(
            "too short", PipelineProbe.PhpMemcached.Refused(CacheCodecs.Bytes, PhpZlib, PhpValue(100 * MiB, compressed)).Message, StringComparison.Ordinal));

        Assert.True(allocated < MiB, $"{allocated} bytes");
        Assert.Contains(
            "more than the 4999 bytes", PipelineProbe.PhpMemcached.Refused(CacheCodecs.Bytes, PhpZlib, PhpValue(4999, compressed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Readers_who_want_too_much_together_are_refused_and_what_was_given_comes_back()
    {
        var stored = Zlib(Words(2 * MiB));
        var probe = new PipelineProbe(ValueDialect.Pecl, new CompressionOptions { MaxExpandedTogether = 5 * MiB });

        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(2, ReadWithin(probe, stored, PeclZlib, readers: 2));
            var refusal = Assert.Throws<CacheValueException>(() => ReadWithin(probe, stored, PeclZlib, readers: 3));
            Assert.Contains("MaxExpandedTogether", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(("some:key", PeclZlib), (refusal.Key, refusal.Flags));
        }
    }

    [Fact]
    public void What_fastlz_expands_counts_as_well()
    {
        // A literal zero, and copies of 255 + 9 of it each.
        var value = new byte[1 + (264 * 10_000)];
        byte[] fastLz = [0, 0, .. Enumerable.Repeat<byte[]>([7 << 5, 255, 0], 10_000).SelectMany(copy => copy)];
        var stored = PhpValue(value.Length, fastLz);
        var probe = new PipelineProbe(ValueDialect.PhpMemcached, new CompressionOptions { MaxExpandedTogether = 3 * value.Length });

        Assert.Equal(value, probe.Decode(CacheCodecs.Bytes, PhpFastLz, stored));
        Assert.Equal(3, ReadWithin(probe, stored, PhpFastLz, readers: 3));
        Assert.Contains(
            "MaxExpandedTogether", Assert.Throws<CacheValueException>(() => ReadWithin(probe, stored, PhpFastLz, readers: 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_values_give_back_what_they_took()
    {
        var stored = Zlib(Words(2 * MiB));
        var probe = new PipelineProbe(ValueDialect.Pecl, new CompressionOptions { MaxExpandedTogether = 3 * MiB });
        for (var i = 0; i < 10; i++)
        {
            probe.Refused(CacheCodecs.Bytes, PeclZlib, stored[..^1]);
        }

        Assert.Equal(2 * MiB, probe.Decode(CacheCodecs.Bytes, PeclZlib, stored).Length);
    }

    [Fact]
    public async Task The_budget_is_never_exceeded()
    {
        const int Limit = 100;
        var budget = new ExpansionBudget(Limit);
        var held = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(1, 4).Select(size => Task.Run(
            () =>
            {
                for (var i = 0; i < 100_000; i++)
                {
                    if (budget.TryReserve(20 * size))
                    {
                        InterlockedMax(ref most, Interlocked.Add(ref held, 20 * size));
                        Interlocked.Add(ref held, -20 * size);
                        budget.Release(20 * size);
                    }
                }
            },
            TestContext.Current.CancellationToken)));

        Assert.InRange(most, 1, Limit);
        Assert.Equal(0, budget.Reserved);
        Assert.True(budget.TryReserve(Limit));
        Assert.False(budget.TryReserve(1));
    }

    [Fact]
    public void Options_without_zlib_neither_compress_nor_expand()
    {
        var value = Words(100_000);
        var probe = new PipelineProbe(ValueDialect.Pecl, CompressionOptions.WithoutZlib());

        Assert.Equal(0u, probe.Encode(CacheCodecs.Bytes, value).Flags);
        Assert.Equal(value, probe.Decode(CacheCodecs.Bytes, 0, value));
        Assert.Contains("WithoutZlib", probe.Refused(CacheCodecs.Bytes, PeclZlib, Zlib(value)).Message, StringComparison.Ordinal);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    // Reads a value while another is being read, and so on: that many are expanded at once.
    private static int ReadWithin(PipelineProbe probe, byte[] stored, uint flags, int readers) =>
        probe.Decode(new NestedCodec(probe, stored, readers - 1), flags, stored);

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Words(int size)
    {
        var text = new StringBuilder(size + 10);
        for (var i = 0; text.Length < size; i++)
        {
            text.Append(i).Append(" words ");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, size));
    }

    private static byte[] PhpValue(int size, byte[] compressed) => [.. BitConverter.GetBytes(size), .. compressed];

    private static byte[] Zlib(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Optimal))
        {
            zlib.Write(bytes);
        }

        return target.ToArray();
    }

    private sealed class NestedCodec(PipelineProbe probe, byte[] stored, int more) : ICacheCodec<int>
    {
        public void Write(ref ValueWriter writer, int value) => throw new NotSupportedException();

        public int Read(in StoredValue value) =>
            1 + (more == 0 ? 0 : probe.Decode(new NestedCodec(probe, stored, more - 1), value.Flags, stored));
    }
}
