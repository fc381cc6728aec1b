using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Operations;

public abstract partial class OperationSuite
{
    [Fact]
    public async Task Get_many_gives_what_was_found_each_once()
    {
        await SetAsync(Key("a"), "1");
        await SetAsync(Key("b"), "");
        var found = await Pool.GetManyAsync([Key("a"), Key("missing"), Key("b"), Key("a"), Key("a"), Key("missing")], Text, Token);

        Assert.Equal(2, found.Count);
        Assert.Equal("1", found[Key("a")]);
        Assert.Equal("", found[Key("b")]);
    }

    [Fact]
    public async Task Batches_of_nothing_are_empty()
    {
        Assert.Empty(await Pool.GetManyAsync([], Text, Token));
        Assert.Equal(0, await Pool.DeleteManyAsync([], Token));
        await Pool.SetManyAsync(new Dictionary<int, string>(), 0, NumberedKey, KeyPolicy.Escape, Text, cancellationToken: Token);
    }

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1000)]
    public async Task Batches_of_any_size_are_stored_read_and_deleted(int count)
    {
        var prefix = 100_000 * count;
        var values = Enumerable.Range(prefix, count).ToDictionary(i => i, i => new string((char)('a' + (i % 26)), i % 40));
        await Pool.SetManyAsync(values, 0, NumberedKey, KeyPolicy.Escape, Text, TimeSpan.FromHours(1), Token);

        var asked = Enumerable.Range(prefix - 10, count + 20).Concat(values.Keys.Take(5));
        var found = await Pool.GetManyAsync(asked, 0, NumberedKey, KeyPolicy.Escape, Text, Token);
        Assert.Equal(values.OrderBy(pair => pair.Key), found.OrderBy(pair => pair.Key));

        Assert.Equal(count, await Pool.DeleteManyAsync(asked, 0, NumberedKey, KeyPolicy.Escape, Token));
        Assert.Empty(await Pool.GetManyAsync(asked, 0, NumberedKey, KeyPolicy.Escape, Text, Token));
    }

    [Fact]
    public async Task A_batch_with_one_key_which_is_not_valid_sends_nothing()
    {
        await Assert.ThrowsAsync<CacheKeyException>(async () => await Pool.GetManyAsync([Key(), "with blank"], Text, Token));
        Assert.Null(await GetAsync(Key()));
    }

    [Fact]
    public async Task A_batch_reads_large_values()
    {
        var keys = Enumerable.Range(0, 8).Select(i => Key($"{i}")).ToArray();
        foreach (var key in keys)
        {
            await Pool.SetAsync(key, RandomBytes(200_000, key.Length + key[^1]), CacheCodecs.Bytes, cancellationToken: Token);
        }

        var found = await Pool.GetManyAsync(keys, CacheCodecs.Bytes, Token);

        Assert.Equal(keys.Length, found.Count);
        Assert.All(found, pair => Assert.True(pair.Value.AsSpan().SequenceEqual(RandomBytes(200_000, pair.Key.Length + pair.Key[^1])), pair.Key));
    }

    [Fact]
    public async Task A_store_which_fails_does_not_keep_the_others_of_its_batch_from_being_stored()
    {
        var values = Enumerable.Range(7_000_000, 5).ToDictionary(i => i, i => i == 7_000_002 ? RandomBytes(1_200_000, 1) : [(byte)i]);

        await Assert.ThrowsAsync<MemcachedServerException>(async () =>
            await Pool.SetManyAsync(values, 0, NumberedKey, KeyPolicy.Escape, CacheCodecs.Bytes, cancellationToken: Token));

        var found = await Pool.GetManyAsync(values.Keys, 0, NumberedKey, KeyPolicy.Escape, CacheCodecs.Bytes, Token);
        Assert.Equal([7_000_000, 7_000_001, 7_000_003, 7_000_004], found.Keys.Order());
    }

    private static void NumberedKey(ref CacheKeyWriter key, int state, int item)
    {
        key.AppendLiteral("batch:"u8);
        key.Append(item);
    }
}
