using TypedCache.Tests.Vectors;
using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>What a dialect writes is what its client was recorded to write for the same value, byte for byte.</summary>
public class RecordedWriteTests
{
    private const int NotCompressed = 0;

    // The ways of using a client that a dialect imitates, and from which size they compress.
    private static readonly Dictionary<string, int> Imitated = new()
    {
        ["enyimmemcachedcore default"] = NotCompressed,
        ["enyimmemcachedcore datacontract"] = NotCompressed,
        ["enyimmemcachedcore binaryformatter"] = NotCompressed,
        ["enyimmemcachedcore messagepack"] = NotCompressed,
        ["enyim default"] = NotCompressed,
        ["enyim datacontract"] = NotCompressed,
        ["aer bson"] = NotCompressed,
        ["pymemcache encoding-utf8"] = NotCompressed,
        ["pymemcache pickle_serde"] = NotCompressed,
        ["pymemcache compressed_serde"] = 401,
        ["python-memcached default"] = NotCompressed,
        ["python-memcached min_compress_len100"] = 101,
        ["dalli 5.0.6-default"] = 4096,
        ["dalli 3.0.6-default"] = 4096,
        ["dalli 5.0.6-compress-false"] = NotCompressed,
        ["spymemcached default"] = 16385,
        ["xmemcached default"] = 16385,
        ["memjs default"] = NotCompressed,
        ["node-memcached default"] = NotCompressed,
    };

    [Fact]
    public void Strings_bytes_numbers_bools_and_dates_are_written_alike()
    {
        var (alike, wrong) = Compare();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(719, alike);
    }

    /// <summary>How many values are written alike, and which are not.</summary>
    public static (int Alike, List<string> Wrong) Compare()
    {
        var alike = 0;
        var wrong = new List<string>();
        foreach (var item in RecordedItem.LoadAll().Where(IsWritten))
        {
            var probe = new PipelineProbe(item.Dialect, new CompressionOptions { Threshold = Imitated[item.Mode], MinimumSaving = 0 });
            var (flags, bytes) = TypedWrite.Encode(probe, item.Value!);
            if (flags == item.Flags && IsAlike(item, bytes))
            {
                alike++;
            }
            else
            {
                wrong.Add($"{item}: 0x{flags:X}, {Sample.Show(bytes)} for {Sample.Show(item.Bytes)}");
            }
        }

        return (alike, wrong);
    }

    private static bool IsWritten(RecordedItem item) =>
        Imitated.ContainsKey(item.Mode) && item.Value is not null && !ReferenceEquals(item.Value, Sample.Other) && item.Id switch
        {
            // There is no codec of a character, nor of a Python int beyond 64 bits or a Ruby symbol or string in Latin-1.
            "ch_A" or "ch_eur" or "big" or "symbol" or "s_latin1" => false,

            // spymemcached compresses no text that looks like JSON; it reads what is compressed.
            "s_json20k" => false,

            // Aerx.Memcached has two bytes for an sbyte.
            "sb_m5" => item.Mode != "aer bson",

            // Java serializes a short.
            "sh_1234" => item.Dialect != ValueDialect.Spymemcached,

            // Where bools and dates have no form of their own, clients write whatever their language makes of them.
            "date" => item.HasDates,
            "b_true" or "b_false" => item.Dialect != ValueDialect.Plain,
            _ => true,
        };

    private static bool IsAlike(RecordedItem item, byte[] bytes)
    {
        if (item.Fits(bytes))
        {
            return true;
        }

        // The bytes that zlib gives depend on its build.
        return item.Bytes is { } recorded && RecordedCompression.TryExpand(recorded) is { } expected && RecordedCompression.TryExpand(bytes) is { } written
            && expected.AsSpan().SequenceEqual(written);
    }
}
