using System.Security.Cryptography;
using System.Text;
using TypedCache.Hashing;
using TypedCache.Keys;
using TypedCache.Tests.Pool;
using TypedCache.Tests.Tags;
using TypedCache.Tests.Vectors;
using TypedCache.Values;

namespace TypedCache.Tests.Keys;

/// <summary>Keys that go over the wire as Enyim's clients send them.</summary>
public sealed class KeyTransformerTests(ITestOutputHelper output) : IDisposable
{
    // In the order of the recordings.
    private static readonly KeyTransformer[] All = [KeyTransformer.None, KeyTransformer.EnyimSha1, KeyTransformer.EnyimTigerHash, KeyTransformer.EnyimBase64];

    private readonly SharedServers _servers = new(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Fact]
    public void Keys_become_what_the_recordings_of_Enyim_have()
    {
        var compared = 0;
        foreach (var example in RecordedVectors.Load("other-clients/enyimmemcachedcore").GetProperty("key_transformers").GetProperty("keys").EnumerateArray())
        {
            var key = Encoding.UTF8.GetBytes(example.GetProperty("key").GetString()!);
            var expected = example.GetProperty("out").EnumerateArray().Select(static text => text.GetString()!).ToArray();

            // What Enyim refuses without a transformer, is refused here too.
            Assert.True(expected[0] == Transform(KeyTransformer.None, key) || CacheKeyWriter.IndexOfForbidden(key) >= 0);
            Assert.Equal(expected[1..], All[1..].Select(transformer => Transform(transformer, key)));
            compared++;
        }

        output.WriteLine($"{compared} keys under {All.Length - 1} transformers, 0 differ");
        Assert.Equal(65, compared);
    }

    [Theory]
    [InlineData("", "3293AC630C13F0245F92BBB1766E16167A4E58492DDE73F3")]
    [InlineData("abc", "2AAB1484E8C158F2BFB8C5FF41B57A525129131C957B5F93")]
    [InlineData("Tiger", "DD00230799F5009FEC6DEBC838BB6A27DF2B9D6F110C7937")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-", "F71C8583902AFB879EDFE610F82C0D4786A3A534504486B5")]
    [InlineData("Tiger - A Fast New Hash Function, by Ross Anderson and Eli Biham", "8A866829040A410C729AD23F5ADA711603B3CDD357E4C15E")]
    public void Tiger_is_what_its_authors_published(string text, string digest)
    {
        var bytes = new byte[TigerDigest.Size];
        TigerDigest.Of(Encoding.ASCII.GetBytes(text)).CopyTo(bytes);
        Assert.Equal(digest, Convert.ToHexString(bytes));
    }

    [Fact]
    public async Task Every_operation_sends_the_other_key()
    {
        foreach (var transformer in All.Skip(1))
        {
            using var pool = Connect(transformer, prefix: "app:");
            using var plain = MemcachedPool.Connect(Options(KeyTransformer.None));
            var key = Transform(transformer, "app:größe"u8);
            Assert.Equal(key, Encoding.UTF8.GetString(pool.Locate("größe").WireKey.Span));
            Assert.Equal(plain.FindServer(key).Name, pool.FindServer("größe").Name);

            await pool.SetAsync("größe"u8, "v", CacheCodecs.String, cancellationToken: Token);
            Assert.Equal("v", await plain.GetAsync(key, CacheCodecs.String, Token));
            Assert.Equal("v", await pool.GetAsync("größe", CacheCodecs.String, Token));
            Assert.True(await pool.ExistsAsync("größe", Token));
            Assert.Equal(["größe"], (await pool.GetManyAsync(["größe", "none"], CacheCodecs.String, Token)).Keys);
            Assert.Equal(1, await pool.DeleteManyAsync(["größe", "none"], Token));
            Assert.False(await plain.ExistsAsync(key, Token));

            await pool.IncrementAsync("größe", 1, initial: 5, cancellationToken: Token);
            Assert.Equal(6u, await plain.IncrementAsync(key, 1, Token));
            Assert.True(await pool.DeleteAsync("größe", Token));
            Assert.Equal("new", await pool.GetOrCreateAsync("größe", static _ => ValueTask.FromResult("new"), CacheCodecs.String, TagClient.NoStale, cancellationToken: Token));
            Assert.Equal("new", await plain.GetAsync(key, CacheCodecs.String, Token));
            Assert.True(await plain.DeleteAsync(key, Token));
        }
    }

    [Fact]
    public async Task Values_that_are_kept_here_go_when_this_process_changes_them()
    {
        var near = new NearOptions { Duration = TimeSpan.FromMinutes(1) };
        var creation = new GetOrCreateOptions { Expires = TimeSpan.FromMinutes(10), Near = near };
        foreach (var transformer in All)
        {
            using var pool = Connect(transformer);
            await pool.SetAsync("k", "1", CacheCodecs.String, cancellationToken: Token);
            Assert.Equal("1", await pool.GetAsync("k", CacheCodecs.String, near, Token));
            Assert.NotNull(pool.FindNear("k"u8, CacheCodecs.String, near));
            Assert.Equal("1", await pool.GetOrCreateAsync("k", static _ => ValueTask.FromResult("never"), CacheCodecs.String, creation, cancellationToken: Token));
            await pool.SetAsync("k", "2", CacheCodecs.String, cancellationToken: Token);
            Assert.Equal("2", await pool.GetAsync("k", CacheCodecs.String, near, Token));
            await pool.DeleteAsync("k", Token);
            Assert.Null(await pool.GetAsync("k", CacheCodecs.String, near, Token));
        }
    }

    [Fact]
    public async Task Values_go_with_their_tags()
    {
        var nearTags = new TagOptions { Near = new NearOptions { Duration = TimeSpan.FromSeconds(5), SharesValues = true } };
        var creation = new GetOrCreateOptions { Expires = TimeSpan.FromMinutes(10), Near = new NearOptions { Duration = TimeSpan.FromMinutes(1), SharesValues = true } };
        foreach (var transformer in All)
        {
            using var pool = Connect(transformer);
            var tagged = new TagClient(pool, creation, nearTags);
            Assert.Equal("1", await tagged.GetOrCreateAsync("k", "1", "~t:a"));
            Assert.Equal("1", await tagged.GetOrCreateAsync("k", "never", "~t:a"));
            await tagged.InvalidateAsync("~t:a");
            Assert.Equal("2", await tagged.GetOrCreateAsync("k", "2", "~t:a"));
            Assert.Equal("2", await tagged.GetAsync("k", "~t:a"));
            await tagged.InvalidateAsync("~t:a");
            Assert.Null(await tagged.GetAsync("k", "~t:a"));
        }
    }

    [Fact]
    public void Base64_leaves_less_room_and_what_is_longer_is_shortened()
    {
        using var pool = Connect(KeyTransformer.EnyimBase64);
        Assert.Equal(186, pool.MaxKeyLength);
        Assert.Equal(248, pool.Locate(new string('k', 186)).WireKey.Length);

        var text = Decoded(pool, new string('k', 187));
        Assert.Equal(186, text.Length);
        Assert.Equal($"{new string('k', 152)}%={Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(new string('k', 187))))[..32]}", text);

        using var prefixed = Connect(KeyTransformer.EnyimBase64, prefix: "app:");
        Assert.Equal(182, prefixed.MaxKeyLength);
        Assert.Equal($"app:{new string('k', 182)}", Decoded(prefixed, new string('k', 182)));
        Assert.Equal(186, Decoded(prefixed, new string('k', 183)).Length);

        static string Decoded(MemcachedPool pool, string key) => Encoding.UTF8.GetString(Convert.FromBase64String(Encoding.ASCII.GetString(pool.Locate(key).WireKey.Span)));
    }

    [Fact]
    public void Digests_take_keys_of_every_length_that_a_key_may_have()
    {
        foreach (var (transformer, length) in new[] { (KeyTransformer.EnyimSha1, 28), (KeyTransformer.EnyimTigerHash, 32) })
        {
            using var pool = Connect(transformer);
            Assert.Equal(CacheKeyWriter.MaxLength, pool.MaxKeyLength);
            Assert.All(Enumerable.Range(1, CacheKeyWriter.MaxLength), count => Assert.Equal(length, pool.Locate(new string('k', count)).WireKey.Length));
            Assert.Equal(length, pool.Locate(new string('€', 83)).WireKey.Length);
        }
    }

    // Enyim's applications can have such keys under a transformer, and find their values.
    [Fact]
    public async Task Bytes_may_be_any_text()
    {
        using var pool = Connect(KeyTransformer.EnyimSha1);
        await pool.SetAsync("a b\r\n"u8, "v", CacheCodecs.String, cancellationToken: Token);
        using var plain = MemcachedPool.Connect(Options(KeyTransformer.None));
        Assert.Equal("v", await plain.GetAsync(Convert.ToBase64String(Sha1OfUtf16("a b\r\n")), CacheCodecs.String, Token));
        await Assert.ThrowsAsync<CacheKeyException>(async () => await pool.GetAsync("a b", CacheCodecs.String, Token));
        await Assert.ThrowsAsync<CacheKeyException>(async () => await pool.GetAsync(""u8, CacheCodecs.String, Token));
        await Assert.ThrowsAsync<CacheKeyException>(async () => await pool.GetAsync(new byte[251], CacheCodecs.String, Token));
    }

    [Fact]
    public async Task Bytes_that_are_not_text_are_refused_by_what_hashes_text()
    {
        foreach (var transformer in new[] { KeyTransformer.EnyimSha1, KeyTransformer.EnyimTigerHash })
        {
            using var pool = Connect(transformer);
            var refused = await Assert.ThrowsAsync<CacheKeyException>(async () => await pool.GetAsync([(byte)'k', 0xFF], CacheCodecs.String, Token));
            Assert.Contains("is not UTF-8", refused.Message, StringComparison.Ordinal);
        }

        using var base64 = Connect(KeyTransformer.EnyimBase64);
        Assert.Null(await base64.GetAsync([(byte)'k', 0xFF], CacheCodecs.String, Token));
    }

    [Theory]
    [InlineData(186, true, "at most 185")]
    [InlineData(4, false, "HashKeyPrefix is false, and KeyTransformer")]
    public void Settings_that_do_not_go_together_are_refused(int prefixLength, bool hashPrefix, string expected)
    {
        var options = Options(KeyTransformer.EnyimBase64);
        (options.KeyPrefix, options.HashKeyPrefix) = (new string('p', prefixLength), hashPrefix);
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => MemcachedPool.Connect(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transformer_is_named_or_left_out()
    {
        var options = Options(null!);
        Assert.Contains("MemcachedPoolOptions.KeyTransformer is null", Assert.Throws<ArgumentException>(() => MemcachedPool.Connect(options)).Message, StringComparison.Ordinal);
        Assert.Same(KeyTransformer.None, new MemcachedPoolOptions().KeyTransformer);
    }

    private static byte[] Sha1OfUtf16(string text)
    {
#pragma warning disable CA5350 // Enyim uses it.
        return SHA1.HashData(Encoding.Unicode.GetBytes(text));
#pragma warning restore CA5350
    }

    private static string Transform(KeyTransformer transformer, ReadOnlySpan<byte> key)
    {
        var buffer = new byte[2 * CacheKeyWriter.StackSize];
        key.CopyTo(buffer);
        return Encoding.UTF8.GetString(buffer, 0, transformer.Transform(buffer, key.Length, shownAs: null));
    }

    private MemcachedPool Connect(KeyTransformer transformer, string prefix = "")
    {
        var options = Options(transformer);
        options.KeyPrefix = prefix;
        return MemcachedPool.Connect(options);
    }

    private MemcachedPoolOptions Options(KeyTransformer transformer)
    {
        var options = new MemcachedPoolOptions { KeyTransformer = transformer };
        foreach (var address in _servers.Addresses)
        {
            options.Servers.Add(new MemcachedServerOptions(address.Address.ToString(), address.Port));
        }

        return options;
    }
}
