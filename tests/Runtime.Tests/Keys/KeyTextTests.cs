using System.Security.Cryptography;
using System.Text;
using TypedCache.Keys;
using TypedCache.Tests.Pool;
using TypedCache.Values;

namespace TypedCache.Tests.Keys;

/// <summary>
/// The key of a call and its text name the same bytes on the wire, whatever the argument and the pool's prefix. What these bytes are is
/// worked out here once more.
/// </summary>
public sealed class KeyTextTests : IDisposable
{
    private const int Arguments = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string[] Alphabets =
    [
        "abcxyz019", " \t\r\n\0\u001F\u007F%:=2A", "é缓\u0085\u00A0", "\U0001F600\U0001F4C3\U0001F480", "\uD800\uDBFF\uDC00\uDCC3\uDCE7\uDCA9\uDFFF",
    ];

    private readonly SharedServers _servers = new(1);

    public void Dispose() => _servers.Dispose();

    public static TheoryData<KeyPolicy, string> Cases
    {
        get
        {
            var cases = new TheoryData<KeyPolicy, string>();
            foreach (var policy in Enum.GetValues<KeyPolicy>())
            {
                foreach (var prefix in new[] { "", "app:", "prefix-of-26-bytes-in-all:", string.Concat(Enumerable.Repeat("é", 50)), new string('p', 200) })
                {
                    cases.Add(policy, prefix);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Names_the_key_of_the_call(KeyPolicy policy, string prefix)
    {
        var cancel = TestContext.Current.CancellationToken;
        var pool = _servers.Connect(new MemcachedPoolOptions
        {
            OperationTimeout = Patience,
            KeyPrefix = prefix,
            KeyPolicy = policy == KeyPolicy.Pecl ? KeyPolicy.Pecl : KeyPolicy.Reject,
        });
        var plain = _servers.Connect(new MemcachedPoolOptions { OperationTimeout = Patience });
        var random = new Random(prefix.Length + (1000 * (int)policy));
        var written = 0;
        for (var i = 0; i < Arguments; i++)
        {
            var argument = Argument(random);
            if (policy == KeyPolicy.Reject && Call(policy, argument, CacheKeyWriter.MaxLength) is null)
            {
                continue;
            }

            var text = Text(policy, argument);
            var onWire = OnWire(policy, prefix, argument);
            Assert.InRange(onWire.Length, 1, CacheKeyWriter.MaxLength);

            await pool.SetAsync(Call(policy, argument, pool.MaxKeyLength)!, argument.Length, CacheCodecs.Int32, cancellationToken: cancel);
            Assert.True(await plain.GetAsync(onWire, CacheCodecs.Int32, cancel) == argument.Length, Shown(argument));
            Assert.True(await pool.GetAsync(text, CacheCodecs.Int32, cancel) == argument.Length, Shown(argument));
            Assert.Equal([text], (await pool.GetManyAsync([text], CacheCodecs.Int32, cancel)).Keys);
            Assert.Equal(onWire, pool.Locate(text).WireKey.ToArray());
            Assert.True(await pool.DeleteAsync(text, cancel), Shown(argument));
            written++;
        }

        Assert.InRange(written, policy == KeyPolicy.Reject ? Arguments / 10 : Arguments, Arguments);
    }

    // Reject lets nothing of most texts through, and Escape has to write the key as a client does that knows no prefix.
    private static byte[]? Call(KeyPolicy policy, string argument, int maxLength)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], policy, policy == KeyPolicy.Pecl ? maxLength : CacheKeyWriter.MaxLength);
        try
        {
            writer.AppendLiteral("p:"u8);
            writer.Append(argument);
            return writer.Finish().ToArray();
        }
        catch (CacheKeyException) when (policy == KeyPolicy.Reject)
        {
            return null;
        }
    }

    private static string Text(KeyPolicy policy, string argument)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], policy);
        writer.AppendLiteral("p:"u8);
        writer.Append(argument);
        return writer.FinishText();
    }

    private static byte[] OnWire(KeyPolicy policy, string prefix, string argument)
    {
        var start = Encoding.UTF8.GetBytes(prefix);
        var room = CacheKeyWriter.MaxLength - start.Length;
        if (policy == KeyPolicy.Pecl)
        {
            var bytes = Encoding.UTF8.GetBytes("p:" + argument);
            return [.. start, .. bytes[..Math.Min(bytes.Length, room)].Select(value => value <= 0x20 ? (byte)'_' : value)];
        }

        var key = Encoding.UTF8.GetBytes("p:" + (policy == KeyPolicy.Reject ? argument : Escaped(argument)));
        return [.. start, .. Shortened(Shortened(key, CacheKeyWriter.MaxLength), room)];
    }

    private static string Escaped(string argument)
    {
        var text = new StringBuilder();
        for (var i = 0; i < argument.Length; i++)
        {
            if (Rune.TryGetRuneAt(argument, i, out var rune))
            {
                text.Append(rune.Value is <= 0x20 or 0x7F or '%' ? $"%{rune.Value:X2}" : rune.ToString());
                i += rune.Utf16SequenceLength - 1;
            }
            else
            {
                var unit = argument[i];
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{0xE0 | (unit >> 12):X2}%{0x80 | ((unit >> 6) & 0x3F):X2}%{0x80 | (unit & 0x3F):X2}");
            }
        }

        return text.ToString();
    }

    private static byte[] Shortened(byte[] key, int limit)
    {
        if (key.Length <= limit)
        {
            return key;
        }

        var kept = limit - 34;
        while ((key[kept] & 0xC0) == 0x80)
        {
            kept--;
        }

        return [.. key[..kept], .. "%="u8, .. Encoding.ASCII.GetBytes(Convert.ToHexString(SHA256.HashData(key))[..32])];
    }

    // Half of them are of one kind of characters; the lengths around the limits come often.
    private static string Argument(Random random)
    {
        var length = random.Next(3) == 0 ? random.Next(0, 600) : random.Next(2) == 0 ? random.Next(0, 40) : random.Next(200, 256);
        var only = random.Next(2) == 0 ? Alphabets[random.Next(Alphabets.Length)] : null;
        var text = new char[length];
        for (var i = 0; i < length; i++)
        {
            var alphabet = only ?? Alphabets[random.Next(Alphabets.Length)];
            text[i] = alphabet[random.Next(alphabet.Length)];
        }

        return new string(text);
    }

    private static string Shown(string argument) => string.Concat(argument.Select(static unit => unit is > ' ' and < '\u007F' ? unit.ToString() : $"\\u{(int)unit:X4}"));

    [Theory]
    [InlineData("p:\U0001F4C3")]
    [InlineData("p:\U0001F480")]
    [InlineData("p:a\uFFFD")]
    public void Of_whole_characters_is_their_text(string key) => Assert.Equal(key, CacheKeyWriter.ToText(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void Shows_the_bytes_of_a_cut_character()
    {
        Assert.Equal("a\uDCE7\uDCBC", CacheKeyWriter.ToText([0x61, 0xE7, 0xBC]));
        Assert.Equal("\U0001F4C3\uDCC3", CacheKeyWriter.ToText([.. "\U0001F4C3"u8, 0xC3]));
    }
}
