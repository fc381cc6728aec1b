using System.Text;
using TypedCache.Tests.Vectors;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

public class FastLzTests
{
    private static readonly PipelineProbe Probe = new(ValueDialect.PhpMemcached);

    [Fact]
    public void Damaged_and_cut_data_is_refused_or_gives_the_length_it_names()
    {
        var tried = 0;
        foreach (var stored in RecordedValue.Load("lm_values").Where(stored => (stored.Flags & 0x40) != 0 && stored.Bytes.Length < 1000))
        {
            for (var at = 0; at < stored.Bytes.Length; at++)
            {
                Assert.IsType<InvalidDataException>(Probe.Refused(CacheCodecs.Bytes, 0x50, stored.Bytes[..at]).InnerException);
                var damaged = stored.Bytes.ToArray();
                damaged[at] ^= 0xFF;
                try
                {
                    Assert.Equal(BitConverter.ToInt32(damaged), Probe.Decode(CacheCodecs.Bytes, 0x50, damaged).Length);
                }
                catch (CacheValueException exception)
                {
                    var isTooLarge = exception.Message.Contains("MaxExpandedSize", StringComparison.Ordinal);
                    Assert.True(isTooLarge || exception.InnerException is InvalidDataException, exception.ToString());
                }

                tried++;
            }
        }

        Assert.True(tried > 300, $"{tried}");
    }

    [Fact]
    public void A_run_and_a_copy_are_expanded()
    {
        // "abc" as a run of three, then four bytes from three back, of which the last repeats what was just written.
        byte[] stored = [7, 0, 0, 0, 2, .. "abc"u8, 2 << 5, 2];
        Assert.Equal("abcabca", Encoding.ASCII.GetString(Probe.Decode(CacheCodecs.Bytes, 0x50, stored)));
    }

    [Fact]
    public void Level_two_has_long_matches_and_far_distances()
    {
        // A run of 32, a match of 7 + 255 + 1 + 2 bytes from one back, and three bytes from 8191 + 256 + 2 + 1 back: too far here.
        byte[] near = [.. Length(32 + 265), 0x20 | 31, .. new byte[32], 7 << 5, 255, 1, 0];
        Assert.Equal(new byte[297], Probe.Decode(CacheCodecs.Bytes, 0x50, near));

        byte[] far = [.. Length(9000 + 3), .. Runs(9000), (1 << 5) | 31, 255, 1, 2];
        var expanded = Probe.Decode(CacheCodecs.Bytes, 0x50, far);
        Assert.Equal(expanded.AsSpan(9000 - 8191 - 258 - 1, 3), expanded.AsSpan(9000));

        static byte[] Length(int length) => BitConverter.GetBytes(length);
    }

    [Fact]
    public void A_length_no_data_can_give_is_refused_before_there_is_room_for_it()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Probe.Refused(CacheCodecs.Bytes, 0x50, [0, 0, 0, 7, 2, .. "abc"u8]);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1024 * 1024);
        Assert.Contains("allowed", Probe.Refused(CacheCodecs.Bytes, 0x50, [0, 0, 0, 0x7F, 0]).Message, StringComparison.Ordinal);
        Assert.Contains("but not how", Probe.Refused(CacheCodecs.Bytes, 0x10, [1, 0, 0, 0, 0]).Message, StringComparison.Ordinal);
    }

    // Level two is named by the first control byte; runs hold 32 bytes or fewer.
    private static IEnumerable<byte> Runs(int length)
    {
        for (var at = 0; at < length; at += 32)
        {
            var run = Math.Min(32, length - at);
            yield return (byte)((at == 0 ? 0x20 : 0) | (run - 1));
            for (var i = at; i < at + run; i++)
            {
                yield return (byte)(i * 7 / 3);
            }
        }
    }
}
