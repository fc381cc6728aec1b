using TypedCache.Values;

namespace TypedCache.Integration.Tests.Operations;

public abstract partial class OperationSuite
{
    [Fact]
    public async Task Add_stores_only_where_there_is_no_value()
    {
        Assert.True(await Pool.AddAsync(Key(), "first", Text, cancellationToken: Token));
        Assert.False(await Pool.AddAsync(Key(), "second", Text, cancellationToken: Token));
        Assert.Equal("first", await GetAsync(Key()));
    }

    [Fact]
    public async Task Replace_stores_only_where_there_is_a_value()
    {
        Assert.False(await Pool.ReplaceAsync(Key(), "first", Text, cancellationToken: Token));
        Assert.Null(await GetAsync(Key()));
        await SetAsync(Key(), "first");
        Assert.True(await Pool.ReplaceAsync(Key(), "second", Text, cancellationToken: Token));
        Assert.Equal("second", await GetAsync(Key()));
    }

    [Fact]
    public async Task Append_and_prepend_need_a_value()
    {
        Assert.False(await Pool.AppendAsync(Key(), "x", Text, Token));
        Assert.False(await Pool.PrependAsync(Key(), "x", Text, Token));
        await SetAsync(Key(), "middle");
        Assert.True(await Pool.AppendAsync(Key(), "-end", Text, Token));
        Assert.True(await Pool.PrependAsync(Key(), "start-", Text, Token));
        Assert.True(await Pool.AppendAsync(Key(), "", Text, Token));
        Assert.Equal("start-middle-end", await GetAsync(Key()));
    }

    [Fact]
    public async Task Appended_text_over_the_compression_threshold_stays_readable()
    {
        var half = new string('a', 30_000);
        await Pool.SetAsync(Key(), "short", Text, cancellationToken: Token);

        Assert.True(await Pool.AppendAsync(Key(), half, Text, Token));
        Assert.True(await Pool.PrependAsync(Key(), half, Text, Token));

        Assert.Equal($"{half}short{half}", await Pool.GetAsync(Key(), Text, Token));
    }

    [Fact]
    public async Task Only_what_was_stored_uncompressed_can_be_appended_to()
    {
        var uncompressed = CacheCodecs.Uncompressed(Text);
        var value = new string('a', 30_000);
        await Pool.SetAsync(Key("as"), value, uncompressed, cancellationToken: Token);
        await Pool.SetAsync(Key("compressed"), value, Text, cancellationToken: Token);

        Assert.True(await Pool.AppendAsync(Key("as"), "-end", Text, Token));
        Assert.True(await Pool.PrependAsync(Key("as"), "start-", Text, Token));
        Assert.True(await Pool.AppendAsync(Key("compressed"), "-end", Text, Token));

        Assert.Equal($"start-{value}-end", await Pool.GetAsync(Key("as"), uncompressed, Token));
        await Assert.ThrowsAsync<CacheValueException>(async () => await Pool.GetAsync(Key("compressed"), Text, Token));
        await Assert.ThrowsAsync<MemcachedServerException>(async () => await Pool.IncrementAsync(Key("as"), 1, Token));
    }

    [Fact]
    public async Task Compare_and_set_has_three_answers()
    {
        Assert.Equal(CasResult.NotFound, await Pool.CompareAndSetAsync(Key(), "v", 1, Text, cancellationToken: Token));
        await SetAsync(Key(), "first");
        var read = await Pool.GetValueAsync(Key(), Text, Token);

        Assert.Equal(CasResult.Stored, await Pool.CompareAndSetAsync(Key(), "second", read.Cas, Text, cancellationToken: Token));
        Assert.Equal(CasResult.Changed, await Pool.CompareAndSetAsync(Key(), "third", read.Cas, Text, cancellationToken: Token));
        Assert.Equal("second", await GetAsync(Key()));
    }

    [Fact]
    public async Task Compare_and_set_refuses_the_CAS_number_of_a_miss()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await Pool.CompareAndSetAsync(Key(), "v", 0, Text, cancellationToken: Token));
        Assert.Equal("cas", refused.ParamName);
    }

    [Fact]
    public async Task Compare_and_delete_removes_only_what_was_read()
    {
        await SetAsync(Key(), "first");
        var first = await Pool.GetValueAsync(Key(), Text, Token);
        await SetAsync(Key(), "second");

        Assert.False(await Pool.CompareAndDeleteAsync(Key(), first.Cas, Token));
        Assert.Equal("second", await GetAsync(Key()));

        var second = await Pool.GetValueAsync(Key(), Text, Token);
        Assert.True(await Pool.CompareAndDeleteAsync(Key(), second.Cas, Token));
        Assert.Null(await GetAsync(Key()));
        Assert.False(await Pool.CompareAndDeleteAsync(Utf8(Key()), second.Cas, Token));
        Assert.True(await Pool.AddAsync(Key(), "third", Text, cancellationToken: Token));
    }

    [Fact]
    public async Task Compare_and_delete_refuses_the_CAS_number_of_a_miss()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await Pool.CompareAndDeleteAsync(Key(), default, Token));
        Assert.Equal("cas", refused.ParamName);
    }

    [Fact]
    public async Task Delete_tells_whether_there_was_a_value()
    {
        Assert.False(await Pool.DeleteAsync(Key(), Token));
        await SetAsync(Key(), "v");
        Assert.True(await Pool.DeleteAsync(Key(), Token));
        Assert.False(await Pool.DeleteAsync(Key(), Token));
        Assert.Null(await GetAsync(Key()));
    }

    [Fact]
    public async Task Writes_change_nothing_when_the_codec_refuses_the_value()
    {
        await SetAsync(Key(), "kept");
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Pool.SetAsync(Key(), null!, Text, cancellationToken: Token));
        Assert.Equal("kept", await GetAsync(Key()));
    }
}
