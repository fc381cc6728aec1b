using System.Security.Cryptography;
using System.Text;
using TypedCache.Hashing;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

public sealed class KeyPrefixTests : IDisposable
{
    private readonly SharedServers _servers = new(3);

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task Every_operation_puts_the_prefix_in_front_of_the_key()
    {
        var prefixed = _servers.Connect(new MemcachedPoolOptions { KeyPrefix = "app:" });
        var plain = _servers.Connect();
        var cancel = TestContext.Current.CancellationToken;

        await prefixed.SetAsync("k"u8, "v", CacheCodecs.String, cancellationToken: cancel);
        Assert.Equal("v", await plain.GetAsync("app:k", CacheCodecs.String, cancel));
        Assert.Null(await plain.GetAsync("k", CacheCodecs.String, cancel));
        Assert.Equal("v", await prefixed.GetAsync("k", CacheCodecs.String, cancel));
        Assert.True(await prefixed.ExistsAsync("k", cancel));

        await prefixed.IncrementAsync("n", 1, initial: 5, cancellationToken: cancel);
        Assert.Equal(6u, await plain.IncrementAsync("app:n", 1, cancel));

        var many = await prefixed.GetManyAsync(["k", "n", "missing"], CacheCodecs.String, cancel);
        Assert.Equal(["k", "n"], many.Keys.Order());
        Assert.Equal(2, await prefixed.DeleteManyAsync(["k", "n"], cancel));
        Assert.False(await plain.ExistsAsync("app:k", cancel));
    }

    [Fact]
    public void The_prefix_of_pecl_is_hashed_and_that_of_php_memcached_is_not()
    {
        var plain = _servers.Connect(MemcachedPoolOptions.ForPhpMemcached());
        var unhashed = _servers.Connect(Prefixed(MemcachedPoolOptions.ForPhpMemcached()));
        var hashed = MemcachedPoolOptions.ForPhpMemcached();
        hashed.HashKeyPrefix = true;
        var asked = _servers.Connect(Prefixed(hashed));
        var pecl = _servers.Connect(Prefixed(MemcachedPoolOptions.ForPeclMemcache()));
        var peclPlain = _servers.Connect(MemcachedPoolOptions.ForPeclMemcache());

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(plain.FindServer($"k{i}").Name, unhashed.FindServer($"k{i}").Name);
            Assert.Equal(plain.FindServer($"app:k{i}").Name, asked.FindServer($"k{i}").Name);
            Assert.Equal(peclPlain.FindServer($"app:k{i}").Name, pecl.FindServer($"k{i}").Name);
        }

        Assert.Contains(Enumerable.Range(0, 200), i => asked.FindServer($"k{i}").Name != unhashed.FindServer($"k{i}").Name);

        static MemcachedPoolOptions Prefixed(MemcachedPoolOptions options)
        {
            options.KeyPrefix = "app:";
            return options;
        }
    }

    [Fact]
    public async Task Under_the_policy_of_pecl_prefix_and_key_are_cut_together()
    {
        var options = MemcachedPoolOptions.ForPeclMemcache();
        options.KeyPrefix = "app:";
        var pecl = _servers.Connect(options);
        var plain = _servers.Connect();
        var cancel = TestContext.Current.CancellationToken;

        await pecl.SetAsync("a key\u007F" + new string('x', 300), "v", CacheCodecs.String, cancellationToken: cancel);

        var onWire = Encoding.UTF8.GetBytes("app:a_key\u007F" + new string('x', 240));
        Assert.Equal(CacheKeyWriter.MaxLength, onWire.Length);
        Assert.Equal("v", await plain.GetAsync<string>(onWire, CacheCodecs.String, cancel));
    }

    [Fact]
    public async Task Otherwise_a_key_too_long_for_its_prefix_ends_in_a_hash()
    {
        var prefixed = _servers.Connect(new MemcachedPoolOptions { KeyPrefix = "app:" });
        var plain = _servers.Connect();
        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal(246, prefixed.MaxKeyLength);

        await prefixed.SetAsync(new string('x', 246), "fits", CacheCodecs.String, cancellationToken: cancel);
        await prefixed.SetAsync(new string('x', 247), "is shortened", CacheCodecs.String, cancellationToken: cancel);

        var hash = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(new string('x', 247))))[..32];
        Assert.Equal("fits", await plain.GetAsync("app:" + new string('x', 246), CacheCodecs.String, cancel));
        Assert.Equal("is shortened", await plain.GetAsync($"app:{new string('x', 212)}%={hash}", CacheCodecs.String, cancel));
        Assert.True(await prefixed.DeleteAsync(Encoding.ASCII.GetBytes(new string('x', 247)), cancel));
        await Assert.ThrowsAsync<CacheKeyException>(async () => await prefixed.DeleteAsync(new string('x', 251), cancel));
    }

    [Fact]
    public async Task A_prefix_that_leaves_no_room_for_a_hash_refuses_a_key_that_is_too_long()
    {
        var cancel = TestContext.Current.CancellationToken;
        var narrow = _servers.Connect(new MemcachedPoolOptions { KeyPrefix = new string('p', 217) });
        var wide = _servers.Connect(new MemcachedPoolOptions { KeyPrefix = new string('p', 216) });

        await narrow.SetAsync(new string('x', 33), "v", CacheCodecs.String, cancellationToken: cancel);
        var refused = await Assert.ThrowsAsync<CacheKeyException>(async () => await narrow.DeleteAsync(new string('x', 34), cancel));
        await wide.SetAsync(new string('x', 35), "v", CacheCodecs.String, cancellationToken: cancel);

        Assert.Contains("KeyPrefix leaves 33", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(250, 'p', "at most 249")]
    [InlineData(4, ' ', "KeyPrefix '    ' has byte 0x20 at position 0")]
    [InlineData(1, '\n', "0x0A at position 0")]
    [InlineData(1, '\u007F', "0x7F at position 0")]
    [InlineData(1, (char)0xD800, "KeyPrefix has half of a surrogate pair")]
    public void A_prefix_which_no_key_can_follow_is_refused(int length, char filler, string message)
    {
        var options = new MemcachedPoolOptions { KeyPrefix = new string(filler, length), Servers = { new("127.0.0.1") } };

        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => MemcachedPool.Connect(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Presets_are_what_the_extensions_do_by_default()
    {
        var pecl = MemcachedPoolOptions.ForPeclMemcache();
        Assert.Equal((KeyPolicy.Pecl, ValueDialect.Pecl, 20_000), (pecl.KeyPolicy, pecl.ValueDialect, pecl.Compression.Threshold));
        Assert.Equal((HashStrategies.Consistent, FailoverSequence.Pecl8, 20), (pecl.HashStrategy, pecl.FailoverSequence, pecl.MaxFailoverAttempts));

        var pecl2 = MemcachedPoolOptions.ForPeclMemcache2();
        Assert.Equal((KeyPolicy.Pecl, FailoverSequence.Pecl2, 0), (pecl2.KeyPolicy, pecl2.FailoverSequence, pecl2.Compression.Threshold));
        Assert.Equal(HashStrategies.Standard, pecl2.HashStrategy);

        var php = MemcachedPoolOptions.ForPhpMemcached(PhpMemcachedDistribution.Ketama);
        Assert.Equal((ValueDialect.PhpMemcached, 2000, false), (php.ValueDialect, php.Compression.Threshold, php.AllowFailover));
        Assert.Equal(PhpMemcachedHashing.Function(PhpMemcachedHash.Md5).Hash("k"u8), php.HashFunction.Hash("k"u8));
    }
}
