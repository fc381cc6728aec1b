using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Operations;

public abstract partial class OperationSuite
{
    [Theory]
    [InlineData("k")]
    [InlineData("ключ")]
    [InlineData("キー😀")]
    [InlineData("%20:/\\'\"{}[]~!")]
    public async Task Keys_of_any_script_work(string key)
    {
        await SetAsync(key, "v:" + key);
        Assert.Equal("v:" + key, await GetAsync(key));
        Assert.Equal("v:" + key, (await Pool.GetManyAsync([key], Text, Token))[key]);
        Assert.True(await Pool.TouchAsync(key, TimeSpan.FromMinutes(1), Token));
        Assert.True(await Pool.DeleteAsync(key, Token));
    }

    [Fact]
    public async Task Keys_of_250_bytes_work_with_every_operation()
    {
        string[] keys = [new('k', 250), new('é', 125)];
        foreach (var key in keys)
        {
            await Pool.SetAsync(key, ulong.MaxValue, CacheCodecs.UInt64, TimeSpan.FromDays(365), Token);
            var value = await Pool.GetValueAndTouchAsync(key, CacheCodecs.UInt64, TimeSpan.FromDays(365), Token);
            Assert.Equal(ulong.MaxValue, value.Value);
            Assert.Equal(CasResult.Stored, await Pool.CompareAndSetAsync(key, ulong.MaxValue, value.Cas, CacheCodecs.UInt64, TimeSpan.FromDays(365), Token));
            Assert.Equal(ulong.MaxValue - 1, await Pool.IncrementAsync(key, ulong.MaxValue, ulong.MaxValue, TimeSpan.FromDays(365), Token));
            Assert.Equal(ulong.MaxValue - 1, (await Pool.GetManyAsync([key, key + ""], CacheCodecs.UInt64, Token))[key]);
            Assert.True(await Pool.DeleteAsync(key, Token));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("with\r\nnewline")]
    [InlineData("with\0nul")]
    public async Task Keys_which_memcached_would_not_take_are_refused(string key)
    {
        await Assert.ThrowsAsync<CacheKeyException>(async () => await SetAsync(key, "v"));
        await Assert.ThrowsAsync<CacheKeyException>(async () => await GetAsync(key));
        await Assert.ThrowsAsync<CacheKeyException>(async () => await Pool.DeleteAsync(Utf8(key), Token));
        await Assert.ThrowsAsync<CacheKeyException>(async () => await Pool.IncrementAsync(Utf8(key), 1, Token));
        await Assert.ThrowsAsync<CacheKeyException>(async () => await GetAsync(new string('k', 251)));
    }

    [Fact]
    public async Task Every_built_in_codec_gives_back_what_it_wrote()
    {
        await RoundTripAsync(CacheCodecs.String, "", "text", "ĳ 😀\r\n\0END\r\n");
        await RoundTripAsync(CacheCodecs.Boolean, true, false);
        await RoundTripAsync(CacheCodecs.Byte, byte.MinValue, byte.MaxValue);
        await RoundTripAsync(CacheCodecs.SByte, sbyte.MinValue, sbyte.MaxValue);
        await RoundTripAsync(CacheCodecs.Int16, short.MinValue, short.MaxValue);
        await RoundTripAsync(CacheCodecs.UInt16, ushort.MinValue, ushort.MaxValue);
        await RoundTripAsync(CacheCodecs.Int32, int.MinValue, 0, int.MaxValue);
        await RoundTripAsync(CacheCodecs.UInt32, uint.MinValue, uint.MaxValue);
        await RoundTripAsync(CacheCodecs.Int64, long.MinValue, -1, long.MaxValue);
        await RoundTripAsync(CacheCodecs.UInt64, ulong.MinValue, ulong.MaxValue);
        await RoundTripAsync(CacheCodecs.Single, float.MinValue, 0.1f, float.Epsilon);
        await RoundTripAsync(CacheCodecs.Double, double.MaxValue, 0.1, double.Epsilon, double.NegativeInfinity);
        await RoundTripAsync(CacheCodecs.Nullable(CacheCodecs.Int32), 7);
        await RoundTripAsync(CacheCodecs.Bytes, [], "\r\nEND\r\n"u8.ToArray());

        await Pool.SetAsync(Key(), "memory"u8.ToArray(), CacheCodecs.Memory, cancellationToken: Token);
        Assert.Equal("memory"u8.ToArray(), (await Pool.GetAsync(Key(), CacheCodecs.Memory, Token)).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    [InlineData(65_533)]
    [InlineData(65_536)]
    [InlineData(500_000)]
    [InlineData(1_000_000)]
    public async Task Values_of_any_size_which_cannot_be_compressed_come_back(int size)
    {
        var value = RandomBytes(size, seed: size);
        await Pool.SetAsync(Key($"{size}"), value, CacheCodecs.Bytes, cancellationToken: Token);
        var read = await Pool.GetAsync(Key($"{size}"), CacheCodecs.Bytes, Token);
        Assert.True(read.AsSpan().SequenceEqual(value));
    }

    [Fact]
    public async Task A_value_over_the_servers_limit_fits_where_it_can_be_compressed()
    {
        var value = string.Concat(Enumerable.Range(0, 250_000).Select(i => $"{i % 1000:00000000}"));
        Assert.Equal(2_000_000, value.Length);
        await SetAsync(Key(), value);
        Assert.Equal(value, await GetAsync(Key()));
        Assert.Equal(value, (await Pool.GetManyAsync([Key()], Text, Token))[Key()]);
    }

    [Fact]
    public async Task A_value_over_the_servers_limit_is_refused_and_the_connection_stays()
    {
        await SetAsync(Key("other"), "v");

        // The connection for large values is there before they are counted.
        await Pool.SetAsync(Key(), RandomBytes(100_000, seed: 2), CacheCodecs.Bytes, cancellationToken: Token);
        await Pool.DeleteAsync(Key(), Token);
        var before = await ConnectionsAsync();

        var refused = await Assert.ThrowsAsync<MemcachedServerException>(async () =>
            await Pool.SetAsync(Key(), RandomBytes(1_100_000, seed: 1), CacheCodecs.Bytes, cancellationToken: Token));

        Assert.Contains(Key(), refused.Message, StringComparison.Ordinal);
        Assert.Contains("item size limit", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Pool.FindServer(Key()).Name, refused.Server);
        Assert.Equal("v", await GetAsync(Key("other")));
        Assert.Null(await GetAsync(Key()));
        Assert.Equal(before, await ConnectionsAsync());
    }

    private static byte[] RandomBytes(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private async Task RoundTripAsync<T>(ICacheCodec<T> codec, params T[] values)
    {
        foreach (var value in values)
        {
            var key = $"codec:{codec.GetType().Name}:{typeof(T).Name}";
            await Pool.SetAsync(key, value, codec, cancellationToken: Token);
            Assert.Equal(value, await Pool.GetAsync(key, codec, Token));
        }
    }
}
