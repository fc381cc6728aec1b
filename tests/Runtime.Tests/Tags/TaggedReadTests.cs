using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Tags;

/// <summary>Plain reads and writes of values with tags, in two processes.</summary>
public sealed class TaggedReadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task What_one_process_invalidates_is_a_miss_in_the_other(MemcachedProtocol protocol)
    {
        // The case of dotnet/extensions #7411.
        await using var fleet = new Fleet(servers: 2, protocol);
        var (one, two) = (new TagClient(fleet.Join()), new TagClient(fleet.Join()));
        await one.SetAsync("k", "old", "~t:a", "~t:b");
        Assert.Equal("old", await one.GetAsync("k", "~t:a", "~t:b"));
        Assert.Equal("old", await two.GetAsync("k", "~t:a", "~t:b"));

        await one.InvalidateAsync("~t:b");
        Assert.Null(await one.GetAsync("k", "~t:a", "~t:b"));
        Assert.Null(await two.GetAsync("k", "~t:a", "~t:b"));

        await two.SetAsync("k", "new", "~t:a", "~t:b");
        Assert.Equal("new", await one.GetAsync("k", "~t:a", "~t:b"));
        await one.RemoveAsync("~t:a");
        Assert.Null(await two.GetAsync("k", "~t:a", "~t:b"));
    }

    [Fact]
    public async Task Where_stale_values_are_served_an_invalidated_one_is_and_a_removed_one_is_not()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join(), tagOptions: new TagOptions { Near = null, ServesInvalidated = true });
        await client.SetAsync("k", "old", "~t:a", "~t:b");
        await client.InvalidateAsync("~t:a");
        Assert.Equal("old", await client.GetAsync("k", "~t:a", "~t:b"));
        await client.RemoveAsync("~t:b");
        Assert.Null(await client.GetAsync("k", "~t:a", "~t:b"));
    }

    [Fact]
    public async Task An_evicted_or_flushed_tag_only_loses_values_and_never_brings_old_ones_back()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join());
        await client.SetAsync("k", "old", "~t:a");
        await client.Pool.DeleteAsync("~t:a", Token);
        Assert.Null(await client.GetAsync("k", "~t:a"));

        await client.SetAsync("other", "new", "~t:a");
        Assert.Null(await client.GetAsync("k", "~t:a"));
        Assert.Equal("new", await client.GetAsync("other", "~t:a"));

        await client.Pool.DeleteAsync("~t:a", Token);
        await client.InvalidateAsync("~t:a");
        Assert.Null(await client.GetAsync("other", "~t:a"));
    }

    [Fact]
    public async Task A_value_without_versions_or_with_other_tags_is_a_miss()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join());
        await client.SetAsync("tag-maker", "x", "~t:a", "~t:b");
        await client.Pool.SetAsync("k", "plain", CacheCodecs.String, cancellationToken: Token);
        Assert.Null(await client.GetAsync("k", "~t:a"));
        Assert.Equal("plain", await client.Pool.GetAsync("k", CacheCodecs.String, Token));

        await client.SetAsync("k", "tagged", "~t:a");
        Assert.Null(await client.GetAsync("k", "~t:a", "~t:b"));
        Assert.Null(await client.GetAsync("k"));
        Assert.Equal("tagged", await client.GetAsync("k", "~t:a"));
        await Assert.ThrowsAsync<CacheValueException>(async () => await client.Pool.GetAsync("k", CacheCodecs.String, Token));
    }

    [Fact]
    public async Task Stores_with_conditions_keep_the_versions_too()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join());
        Assert.False(await client.ReplaceAsync("k", "0", "~t:a"));
        Assert.True(await client.AddAsync("k", "1", "~t:a"));
        Assert.False(await client.AddAsync("k", "2", "~t:a"));
        var read = await client.GetValueAsync("k", "~t:a");
        Assert.Equal("1", read.Value);
        Assert.Equal(CasResult.Stored, await client.CompareAndSetAsync("k", "2", read.Cas, "~t:a"));
        Assert.Equal(CasResult.Changed, await client.CompareAndSetAsync("k", "3", read.Cas, "~t:a"));
        Assert.Equal("2", await client.GetAsync("k", "~t:a"));

        await client.InvalidateAsync("~t:a");
        Assert.False((await client.GetValueAsync("k", "~t:a")).Found);
        Assert.True(await client.ReplaceAsync("k", "3", "~t:a"));
        Assert.Equal("3", await client.GetAsync("k", "~t:a"));
    }

    [Fact]
    public async Task More_than_eight_tags_are_refused()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join());
        string[] tags = [.. Enumerable.Range(0, 9).Select(number => $"~t:{number}")];
        await client.SetAsync("k", "v", tags[1..]);
        Assert.Equal("v", await client.GetAsync("k", tags[1..]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.SetAsync("k", "v", tags));
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.GetAsync("k", tags));
    }
}
