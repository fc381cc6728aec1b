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
        Assert.Empty(await Pool.AddManyAsync([], Text, cancellationToken: Token));
        Assert.Empty(await Pool.CompareAndSetManyAsync([], Text, cancellationToken: Token));
        Assert.Empty(await Pool.TouchManyAsync([], CacheExpiry.Never, Token));
        Assert.Empty(await Pool.ExistsManyAsync([], Token));
        Assert.Empty(await Pool.GetManyValuesAsync([], Text, Token));
    }

    [Fact]
    public async Task Values_that_cannot_be_read_leave_the_others_and_are_named()
    {
        await Pool.SetManyAsync(Enumerable.Range(0, 50).Select(i => KeyValuePair.Create(Key($"{i}"), i)), CacheCodecs.Int32, cancellationToken: Token);
        await SetAsync(Key("3"), "no number");
        await SetAsync(Key("30"), "");
        var keys = Enumerable.Range(0, 60).Select(i => Key($"{i}")).ToArray();

        var found = await Pool.GetManyAsync(keys, CacheCodecs.Int32, Token);
        var values = await Pool.GetManyValuesAsync(keys, CacheCodecs.Int32, Token);

        Assert.Equal(Enumerable.Range(0, 50).Except([3, 30]), found.Values.Order());
        Assert.Equal(found.OrderBy(pair => pair.Value), values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value)).OrderBy(pair => pair.Value));
        foreach (var unreadable in (IReadOnlyDictionary<string, CacheValueException>[])[found.Unreadable, values.Unreadable])
        {
            Assert.Equal([Key("3"), Key("30")], unreadable.Keys.Order());
            var single = await Assert.ThrowsAsync<CacheValueException>(async () => await Pool.GetAsync(Key("3"), CacheCodecs.Int32, Token));
            Assert.Equal((single.Message, single.Key, single.Flags), (unreadable[Key("3")].Message, unreadable[Key("3")].Key, unreadable[Key("3")].Flags));
        }

        Assert.Equal(2, await Pool.DeleteManyAsync(found.Unreadable.Keys, Token));
        (await Pool.GetManyAsync(keys, CacheCodecs.Int32, Token)).ThrowIfUnreadable();
    }

    [Fact]
    public async Task A_get_or_create_of_many_creates_anew_what_cannot_be_read()
    {
        await Pool.SetManyAsync(Enumerable.Range(0, 5).Select(i => KeyValuePair.Create(Key($"{i}"), i)), CacheCodecs.Int32, cancellationToken: Token);
        await SetAsync(Key("3"), "no number");
        int[]? created = null;

        var found = await Pool.GetOrCreateManyAsync<string, int, int>(
            Enumerable.Range(0, 5).Select(i => Key($"{i}")),
            0,
            static (ref key, _, item) => key.Append(item),
            KeyPolicy.Escape,
            (missing, _) =>
            {
                created = [.. missing.Select(key => int.Parse(key.Split(':')[1]))];
                return new(missing.ToDictionary(key => key, _ => -1));
            },
            CacheCodecs.Int32,
            new GetOrCreateOptions { Expires = TimeSpan.FromHours(1) },
            cancellationToken: Token);

        Assert.Equal([3], created!);
        Assert.Equal([-1, 0, 1, 2, 4], found.Values.Order());
        Assert.Equal(-1, await Pool.GetAsync(Key("3"), CacheCodecs.Int32, Token));
    }

    [Fact]
    public async Task Add_many_stores_what_is_not_there_and_tells_what_it_stored()
    {
        await SetAsync(Key("a"), "old");
        await SetAsync(Key("c"), "old");

        var added = await Pool.AddManyAsync("abcd".Select(name => KeyValuePair.Create(Key($"{name}"), "new")), Text, TimeSpan.FromHours(1), Token);

        Assert.Equal([Key("b"), Key("d")], added.Order());
        var found = await Pool.GetManyAsync("abcd".Select(name => Key($"{name}")), Text, Token);
        Assert.Equal(["old", "new", "old", "new"], found.OrderBy(pair => pair.Key).Select(pair => pair.Value));
    }

    [Fact]
    public async Task Add_many_goes_on_where_a_value_is_refused()
    {
        var values = Enumerable.Range(0, 5).Select(i => KeyValuePair.Create(Key($"{i}"), i == 2 ? RandomBytes(1_200_000, 1) : [(byte)i]));

        var refused = await Assert.ThrowsAsync<MemcachedServerException>(async () => await Pool.AddManyAsync(values, CacheCodecs.Bytes, cancellationToken: Token));

        Assert.Contains($"'{Key("2")}'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await Pool.ExistsManyAsync(Enumerable.Range(0, 5).Select(i => Key($"{i}")), Token)).Count);
    }

    [Fact]
    public async Task Touch_many_gives_a_new_expiry_and_tells_what_there_is()
    {
        await SetAsync(Key("a"), "v");
        await SetAsync(Key("b"), "v");

        Assert.Equal([Key("a"), Key("b")], (await Pool.TouchManyAsync([Key("a"), Key("missing"), Key("b"), Key("a")], TimeSpan.FromHours(1), Token)).Order());
        Assert.Equal([Key("a")], await Pool.TouchManyAsync([Key("a"), Key("missing")], Past, Token));

        Assert.Equal([Key("b")], (await Pool.GetManyAsync([Key("a"), Key("b")], Text, Token)).Keys);
    }

    [Fact]
    public async Task Exists_many_tells_what_there_is()
    {
        await SetAsync(Key("a"), "v");
        await SetAsync(Key("empty"), "");

        Assert.Equal([Key("a"), Key("empty")], (await Pool.ExistsManyAsync([Key("a"), Key("missing"), Key("empty"), Key("a")], Token)).Order());
    }

    [Fact]
    public async Task Compare_and_set_many_stores_what_has_not_changed_and_tells_each_result()
    {
        foreach (var name in (string[])["a", "b", "c", "d", "empty"])
        {
            await SetAsync(Key(name), name == "empty" ? "" : "old");
        }

        var read = await Pool.GetManyValuesAsync("abcd".Select(name => Key($"{name}")).Append(Key("empty")).Append(Key("missing")), Text, Token);
        Assert.Equal(5, read.Count);
        Assert.All(read, pair => Assert.NotEqual(0UL, pair.Value.Cas));
        Assert.Equal(read[Key("a")], await Pool.GetValueAsync(Key("a"), Text, Token));
        await SetAsync(Key("b"), "other");
        await Pool.DeleteAsync(Key("c"), Token);

        var results = await Pool.CompareAndSetManyAsync(read.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.With("new"))), Text, TimeSpan.FromHours(1), Token);

        Assert.Equal(
            [(Key("a"), CasResult.Stored), (Key("b"), CasResult.Changed), (Key("c"), CasResult.NotFound), (Key("d"), CasResult.Stored), (Key("empty"), CasResult.Stored)],
            results.Select(result => (result.Key, result.Value)).Order());
        var found = await Pool.GetManyAsync(read.Keys, Text, Token);
        Assert.Equal(["new", "other", "new", "new"], found.OrderBy(pair => pair.Key).Select(pair => pair.Value));
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
