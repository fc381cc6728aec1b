using System.Text;
using TypedCache.Near;

namespace TypedCache.Tests.Near;

public class NearHashTests
{
    [Fact]
    public void Equal_keys_have_equal_hashes_and_each_byte_counts()
    {
        for (var length = 1; length <= 250; length++)
        {
            var key = Enumerable.Range(0, length).Select(static i => (byte)(i * 7 + 33)).ToArray();
            var hash = NearTable.HashOf(key);
            Assert.Equal(hash, NearTable.HashOf((byte[])[.. key]));
            for (var i = 0; i < length; i++)
            {
                key[i] ^= 1;
                Assert.NotEqual(hash, NearTable.HashOf(key));
                key[i] ^= 1;
            }
        }
    }

    [Fact]
    public void Keys_that_begin_alike_do_not_share_hashes()
    {
        Assert.Equal(64, Enumerable.Range(1, 64).Select(static length => NearTable.HashOf(new byte[length])).Distinct().Count());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("product:{0}")]
    [InlineData("shop:v2:product:{0}:details")]
    public void Numbered_keys_spread_evenly(string format)
    {
        const int Keys = 1 << 16;
        var hashes = Enumerable.Range(0, Keys).Select(i => NearTable.HashOf(Encoding.UTF8.GetBytes(format.Replace("{0}", $"{i}")))).ToList();

        // By chance half a pair shares all 32 bits, and a share of 1 - 1/e of the places is taken.
        Assert.InRange(hashes.Distinct().Count(), Keys - 12, Keys);
        Assert.InRange(hashes.Select(static hash => hash & (Keys - 1)).Distinct().Count(), Keys * 0.62, Keys * 0.645);
    }
}
