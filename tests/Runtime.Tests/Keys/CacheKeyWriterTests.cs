using System.Globalization;
using System.Text;
using TypedCache.Keys;

namespace TypedCache.Tests.Keys;

public class CacheKeyWriterTests
{
    [Theory]
    [InlineData("plain", "p:plain")]
    [InlineData("", "p:")]
    [InlineData("a b", "p:a%20b")]
    [InlineData("\r\nflush_all\r\n", "p:%0D%0Aflush_all%0D%0A")]
    [InlineData("a\0b\tc\u007F", "p:a%00b%09c%7F")]
    [InlineData("100%", "p:100%25")]
    [InlineData("%20", "p:%2520")]
    [InlineData("键 é", "p:键%20é")]
    [InlineData("\u0085\u00A0\u2028", "p:\u0085\u00A0\u2028")]
    public void Escape_encodes_what_memcached_would_not_take(string argument, string key) =>
        Assert.Equal(key, Encoding.UTF8.GetString(Key(KeyPolicy.Escape, argument)));

    [Theory]
    [InlineData("a b", "p:a_b")]
    [InlineData("\r\nflush_all\r\n", "p:__flush_all__")]
    [InlineData("a\0b\u007F%", "p:a_b\u007F%")]
    public void Pecl_replaces_what_memcached_would_not_take(string argument, string key) =>
        Assert.Equal(key, Encoding.UTF8.GetString(Key(KeyPolicy.Pecl, argument)));

    [Theory]
    [InlineData("a b", "0x20 at position 1")]
    [InlineData("\n", "0x0A at position 0")]
    [InlineData("ab\u007F", "0x7F at position 2")]
    public void Reject_throws_at_what_memcached_would_not_take(string argument, string where)
    {
        var exception = Assert.Throws<CacheKeyException>(() => Key(KeyPolicy.Reject, argument));
        Assert.Contains(where, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.Equal("p:100%", Encoding.UTF8.GetString(Key(KeyPolicy.Reject, "100%")));
    }

    [Theory]
    [InlineData(KeyPolicy.Escape)]
    [InlineData(KeyPolicy.Pecl)]
    public void No_argument_can_put_a_blank_or_a_line_end_on_the_wire(KeyPolicy policy)
    {
        for (var character = 0; character <= char.MaxValue; character++)
        {
            var key = Key(policy, $"x{(char)character}y");
            Assert.True(key.AsSpan().IndexOfAnyInRange((byte)0, (byte)0x20) < 0, $"U+{character:X4}");
        }
    }

    [Fact]
    public void The_delimiter_is_escaped_where_another_placeholder_follows()
    {
        Assert.Equal("a%3Ab:c", TwoParts("a:b", "c"));
        Assert.Equal("a:b:c", TwoParts("a", "b:c"));
        Assert.Throws<CacheKeyException>(() => TwoParts("a:b", "c", KeyPolicy.Reject));
        Assert.Equal("a:b:c", TwoParts("a:b", "c", KeyPolicy.Pecl));
    }

    [Fact]
    public void The_delimiter_is_escaped_in_formatted_values_as_well()
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.Append(-5, delimiter: (byte)'-');
        writer.AppendLiteral("-"u8);
        writer.Append(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "HH:mm", (byte)':');
        Assert.Equal("%2D5-03%3A04", Encoding.UTF8.GetString(writer.Finish()));
    }

    // Not a theory: attributes hold no lone surrogate.
    [Fact]
    public void Lone_surrogates_stay_distinct_under_Escape()
    {
        Assert.Equal("p:%ED%A0%80", Encoding.UTF8.GetString(Key(KeyPolicy.Escape, "\uD800")));
        Assert.Equal("p:%ED%BF%BF", Encoding.UTF8.GetString(Key(KeyPolicy.Escape, "\uDFFF")));
        Assert.Equal("p:\U0001F600", Encoding.UTF8.GetString(Key(KeyPolicy.Escape, "\U0001F600")));
        Assert.Equal("p:a%ED%A0%80b%ED%B0%80c%20", Encoding.UTF8.GetString(Key(KeyPolicy.Escape, "a\uD800b\uDC00c ")));
    }

    [Fact]
    public void A_lone_surrogate_is_refused_under_Reject_and_replaced_under_Pecl()
    {
        var exception = Assert.Throws<CacheKeyException>(() => Key(KeyPolicy.Reject, "\uD800"));
        Assert.Contains("surrogate", exception.Message, StringComparison.Ordinal);
        Assert.Equal("p:\uFFFD", Encoding.UTF8.GetString(Key(KeyPolicy.Pecl, "\uDC00")));
    }

    [Fact]
    public void A_character_that_begins_like_the_delimiter_is_escaped_as_a_whole()
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.Append("aè é", "é"u8[0]);
        writer.AppendLiteral("é"u8);
        writer.Append("é");
        Assert.Equal("a%C3%A8%20%C3%A9éé", Encoding.UTF8.GetString(writer.Finish()));
    }

    [Fact]
    public void What_formats_itself_as_no_UTF8_is_escaped_or_refused()
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.Append(new Bytes([0x41, 0xC3, 0x42, 0x80, 0x20]));
        Assert.Equal("A%C3B%80%20", Encoding.UTF8.GetString(writer.Finish()));
        Assert.Throws<CacheKeyException>(() =>
            new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Reject).Append(new Bytes([0xC3])));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('é')]
    [InlineData('%')]
    [InlineData('\uD800')]
    public void A_char_is_written_like_the_string_of_it(char character)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.AppendLiteral("p:"u8);
        writer.Append(character);
        Assert.Equal(Key(KeyPolicy.Escape, character.ToString()), writer.Finish().ToArray());
    }

    [Fact]
    public void Values_format_themselves_in_the_invariant_culture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "minus";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = ".";
        var previous = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.Equal("minus1,5", (-1.5).ToString(CultureInfo.CurrentCulture));
            var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
            writer.Append(-1.5);
            writer.Append(-7, "D3");
            writer.Append(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "yyyy/MM/ddTHH:mm");
            writer.Append(Guid.Empty, "N");
            Assert.Equal("-1.5-0072026/01/02T03:0400000000000000000000000000000000", Encoding.UTF8.GetString(writer.Finish()));
        }
        finally
        {
            CultureInfo.CurrentCulture = previous;
        }
    }

    [Fact]
    public void A_bool_is_a_word_and_under_Pecl_what_PHP_makes_of_it()
    {
        Assert.Equal("true", Bool(KeyPolicy.Escape, true));
        Assert.Equal("false", Bool(KeyPolicy.Reject, false));
        Assert.Equal("1", Bool(KeyPolicy.Pecl, true));
        Assert.Throws<CacheKeyException>(() => Bool(KeyPolicy.Pecl, false));

        static string Bool(KeyPolicy policy, bool value)
        {
            var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], policy);
            writer.Append(value);
            return Encoding.UTF8.GetString(writer.Finish());
        }
    }

    [Fact]
    public void A_null_string_is_refused() => Assert.Throws<ArgumentNullException>(() => Key(KeyPolicy.Escape, null!));

    [Fact]
    public void A_buffer_which_cannot_hold_a_key_is_refused() => Assert.Throws<ArgumentException>(() =>
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.MaxLength - 1], KeyPolicy.Escape);
        writer.AppendLiteral("x"u8);
    });

    [Fact]
    public void An_empty_key_is_refused() => Assert.Throws<CacheKeyException>(() =>
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.Append("");
        writer.Finish();
    });

    internal static byte[] Key(KeyPolicy policy, string argument)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], policy);
        writer.AppendLiteral("p:"u8);
        writer.Append(argument);
        return writer.Finish().ToArray();
    }

    private static string TwoParts(string first, string second, KeyPolicy policy = KeyPolicy.Escape)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], policy);
        writer.Append(first, (byte)':');
        writer.AppendLiteral(":"u8);
        writer.Append(second);
        return Encoding.UTF8.GetString(writer.Finish());
    }

    private sealed record Bytes(byte[] Value) : IUtf8SpanFormattable
    {
        public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            bytesWritten = Value.Length;
            return Value.AsSpan().TryCopyTo(utf8Destination);
        }
    }
}
