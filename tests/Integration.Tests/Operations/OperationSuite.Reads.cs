using TypedCache.Values;

namespace TypedCache.Integration.Tests.Operations;

public abstract partial class OperationSuite
{
    [Fact]
    public async Task A_value_which_was_set_is_read_and_a_missing_one_is_a_miss()
    {
        Assert.Null(await GetAsync(Key()));
        await SetAsync(Key(), "first");
        Assert.Equal("first", await GetAsync(Key()));
        await SetAsync(Key(), "second");
        Assert.Equal("second", await GetAsync(Key()));
    }

    [Fact]
    public async Task Keys_as_bytes_and_as_text_are_the_same_keys()
    {
        await Pool.SetAsync(Utf8(Key()), "v", Text, cancellationToken: Token);
        Assert.Equal("v", await GetAsync(Key()));
        Assert.Equal("v", await Pool.GetAsync(Utf8(Key()), Text, Token));
        Assert.True(await Pool.ExistsAsync(Utf8(Key()), Token));
        Assert.True(await Pool.DeleteAsync(Utf8(Key()), Token));
        Assert.Null(await GetAsync(Key()));
    }

    [Fact]
    public async Task A_miss_is_told_from_a_default_value()
    {
        await Pool.SetAsync(Key("zero"), 0, CacheCodecs.Int32, cancellationToken: Token);
        var zero = await Pool.GetValueAsync(Key("zero"), CacheCodecs.Int32, Token);
        var miss = await Pool.GetValueAsync(Key("missing"), CacheCodecs.Int32, Token);

        Assert.True(zero.Found);
        Assert.Equal(0, zero.Value);
        Assert.NotEqual(0UL, zero.Cas);
        Assert.Equal(CacheValue<int>.Miss, miss);
    }

    [Fact]
    public async Task The_CAS_number_changes_with_each_store_and_not_with_a_read()
    {
        await SetAsync(Key(), "a");
        var first = await Pool.GetValueAsync(Key(), Text, Token);
        var again = await Pool.GetValueAsync(Key(), Text, Token);
        await SetAsync(Key(), "a");
        var second = await Pool.GetValueAsync(Key(), Text, Token);

        Assert.Equal(first, again);
        Assert.NotEqual(first.Cas, second.Cas);
    }

    [Fact]
    public async Task Exists_tells_whether_there_is_a_value()
    {
        Assert.False(await Pool.ExistsAsync(Key(), Token));
        await SetAsync(Key(), "");
        Assert.True(await Pool.ExistsAsync(Key(), Token));
    }

    [Fact]
    public async Task Get_and_touch_reads_and_gives_a_new_expiry()
    {
        Assert.Null(await Pool.GetAndTouchAsync(Key(), Text, CacheExpiry.FromSeconds(100), Token));
        Assert.Equal(CacheValue<string>.Miss, await Pool.GetValueAndTouchAsync(Key(), Text, CacheExpiry.FromSeconds(100), Token));
        await SetAsync(Key(), "v");

        Assert.Equal("v", await Pool.GetAndTouchAsync(Key(), Text, CacheExpiry.FromSeconds(100), Token));
        var value = await Pool.GetValueAndTouchAsync(Key(), Text, Past, Token);

        Assert.Equal("v", value.Value);
        Assert.NotEqual(0UL, value.Cas);
        Assert.Null(await GetAsync(Key()));
    }

    [Fact]
    public async Task A_value_of_another_kind_is_refused_with_key_and_flags()
    {
        await SetAsync(Key(), "no number");
        var refused = await Assert.ThrowsAsync<CacheValueException>(async () => await Pool.GetAsync(Key(), CacheCodecs.Int32, Token));

        Assert.Equal(Key(), refused.Key);
        Assert.Equal("no number", await GetAsync(Key()));
    }

    [Fact]
    public async Task A_cancelled_token_sends_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.SetAsync(Key(), "v", Text, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.GetAsync(Key(), Text, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.IncrementAsync(Key(), 1, 1, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.GetManyAsync([Key()], Text, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.SetManyAsync([new(Key(), "v")], Text, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.AddManyAsync([new(Key(), "v")], Text, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.CompareAndSetManyAsync([new(Key(), new("v", 1))], Text, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.TouchManyAsync([Key()], CacheExpiry.Never, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.ExistsManyAsync([Key()], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Pool.DeleteManyAsync([Key()], cancelled));
        Assert.Null(await GetAsync(Key()));
    }
}
