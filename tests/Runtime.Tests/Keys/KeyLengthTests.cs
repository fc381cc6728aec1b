using System.Security.Cryptography;
using System.Text;
using TypedCache.Keys;

namespace TypedCache.Tests.Keys;

public class KeyLengthTests
{
    private const int Prefix = 2;

    [Theory]
    [InlineData(249)]
    [InlineData(250)]
    public void Keys_up_to_250_bytes_stay_as_they_are(int length)
    {
        var argument = new string('x', length - Prefix);
        foreach (var policy in Enum.GetValues<KeyPolicy>())
        {
            Assert.Equal("p:" + argument, Encoding.UTF8.GetString(CacheKeyWriterTests.Key(policy, argument)));
        }
    }

    [Theory]
    [InlineData(251)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(10_000)]
    public void Under_Escape_the_tail_of_a_longer_key_becomes_a_hash_of_all(int length)
    {
        var whole = "p:" + new string('x', length - Prefix);
        var key = CacheKeyWriterTests.Key(KeyPolicy.Escape, whole[Prefix..]);
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..32];
        Assert.Equal(250, key.Length);
        Assert.Equal($"{whole[..216]}%={hash}", Encoding.UTF8.GetString(key));
    }

    [Fact]
    public void Under_Pecl_a_longer_key_is_cut()
    {
        Assert.Equal("p:" + new string('x', 248), Encoding.UTF8.GetString(CacheKeyWriterTests.Key(KeyPolicy.Pecl, new string('x', 5000))));

        // Cut first, then replaced; a character may be cut in the middle.
        var key = CacheKeyWriterTests.Key(KeyPolicy.Pecl, new string(' ', 246) + "缓存");
        Assert.Equal(250, key.Length);
        Assert.Equal([(byte)'_', 0xE7, 0xBC], key[247..]);
    }

    [Fact]
    public void Under_Reject_a_longer_key_is_refused_with_its_length()
    {
        var exception = Assert.Throws<CacheKeyException>(() => CacheKeyWriterTests.Key(KeyPolicy.Reject, new string('x', 249)));
        Assert.Contains("251 bytes", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'p:xxxx", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.Message.Length < 250, exception.Message);
    }

    [Theory]
    [InlineData("", "p:")]
    [InlineData("12345", "p:12345")]
    [InlineData("a b:c", "p:a%20b%3Ac")]
    [InlineData("äöüßé", "p:äöüßé")]
    public void Text_up_to_its_limit_is_written(string text, string expected)
    {
        var key = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        key.AppendLiteral("p:"u8);
        key.Append(text, maxLength: 5, "name", delimiter: (byte)':');
        Assert.Equal(expected, Encoding.UTF8.GetString(key.Finish()));
    }

    [Fact]
    public void Longer_text_is_refused_with_its_name_and_length()
    {
        foreach (var policy in Enum.GetValues<KeyPolicy>())
        {
            var exception = Assert.Throws<CacheKeyException>(() =>
                new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], policy).Append("123456", maxLength: 5, "user.Name"));
            Assert.Equal("The argument 'user.Name' has 6 characters; [KeyPart(MaxLength = 5)] allows at most 5. Shorten it, or raise MaxLength.", exception.Message);
        }
    }

    [Fact]
    public void Escaping_may_triple_every_byte_of_a_long_argument()
    {
        for (var length = 1; length < 1500; length += 7)
        {
            var key = CacheKeyWriterTests.Key(KeyPolicy.Escape, new string(' ', length));
            var whole = Encoding.ASCII.GetBytes("p:" + string.Concat(Enumerable.Repeat("%20", length)));
            Assert.Equal(whole[..Math.Min(whole.Length, 216)], key[..Math.Min(whole.Length, 216)]);
            Assert.Equal(Math.Min(whole.Length, 250), key.Length);
        }
    }

    [Fact]
    public void Parts_survive_the_move_to_a_larger_buffer()
    {
        var stack = new byte[CacheKeyWriter.StackSize];
        for (var parts = 1; parts < 300; parts++)
        {
            var writer = new CacheKeyWriter(stack, KeyPolicy.Escape);
            var whole = new StringBuilder();
            for (var i = 0; i < parts; i++)
            {
                writer.AppendLiteral("k"u8);
                writer.Append(i);
                writer.Append(" é");
                whole.Append('k').Append(i).Append("%20é");
            }

            var expected = Encoding.UTF8.GetBytes(whole.ToString());
            var key = writer.Finish();
            if (expected.Length <= 250)
            {
                Assert.Equal(expected, key);
                continue;
            }

            // No character is cut.
            Assert.InRange(key.Length, 249, 250);
            Assert.Equal(expected.AsSpan(0, key.Length - 34), key[..^34]);
            Assert.Equal("%=" + Convert.ToHexString(SHA256.HashData(expected))[..32], Encoding.UTF8.GetString(key[^34..]));
        }
    }

    [Fact]
    public void A_value_which_formats_itself_long_fits()
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Pecl);
        writer.Append(1, "D2000");
        Assert.Equal(new string('0', 250), Encoding.ASCII.GetString(writer.Finish()));
    }

    [Fact]
    public void Short_keys_allocate_nothing()
    {
        var user = new string('é', 40);
        WriteAll(user);
        var before = GC.GetAllocatedBytesForCurrentThread();
        WriteAll(user);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void WriteAll(string user)
        {
            Write(user, KeyPolicy.Escape);
            Write(user, KeyPolicy.Pecl);
        }

        static void Write(string user, KeyPolicy policy)
        {
            var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], policy);
            writer.AppendLiteral("shop:"u8);
            writer.Append(user, (byte)':');
            writer.AppendLiteral(":"u8);
            writer.Append(int.MinValue);
            writer.Append(Guid.Empty);
            writer.Append(DateTime.UnixEpoch, "O");
            writer.Append(true);
            Assert.False(writer.Finish().IsEmpty);
        }
    }

    [Fact]
    public void A_key_used_as_it_is_is_checked()
    {
        CacheKeyWriter.Validate("a"u8);
        CacheKeyWriter.Validate(Enumerable.Repeat((byte)'k', 250).ToArray());
        CacheKeyWriter.Validate("缓存\u0080\u007F"u8);

        Assert.Contains("empty", Refused([]), StringComparison.Ordinal);
        Assert.Contains("251 bytes", Refused([.. Enumerable.Repeat((byte)'k', 251)]), StringComparison.Ordinal);
        foreach (var forbidden in Enumerable.Range(0, 0x21))
        {
            Assert.Contains($"0x{forbidden:X2} at position 1", Refused([(byte)'k', (byte)forbidden]), StringComparison.Ordinal);
        }

        static string Refused(byte[] key) => Assert.Throws<CacheKeyException>(() => CacheKeyWriter.Validate(key)).Message;
    }
}
