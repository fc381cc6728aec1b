using System.Text;
using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Tags;

/// <summary>Tags that only those who store a value know, and values that are made by other means than a create function.</summary>
public sealed class StoredTagTests
{
    private static readonly TaggedCodec<string> Text = new(CacheCodecs.String);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Func<CancellationToken, ValueTask<string>> Never => static _ => throw new InvalidOperationException("nothing was to be created");

    [Fact]
    public async Task A_read_checks_the_tags_that_a_value_was_stored_with_whichever_it_knows_itself()
    {
        await using var fleet = new Fleet(servers: 2);
        var (one, two) = (fleet.Join(), fleet.Join());
        var writer = new TagClient(one, codec: With(Text, "~t:a", "~t:b"));
        var reader = new TagClient(two, codec: With(Text, "~t:c"));
        await writer.SetAsync("set", "v", "~t:all");
        Assert.Equal("w", await writer.GetOrCreateAsync("created", "w", "~t:all"));
        await reader.RemoveAsync("~t:c");
        Assert.Equal("v", await reader.GetAsync("set", "~t:all"));
        Assert.Equal("w", await reader.GetOrCreateAsync("created", Never, "~t:all"));

        await reader.RemoveAsync("~t:b");
        Assert.Null(await reader.GetAsync("set", "~t:all"));
        Assert.Equal("x", await reader.GetOrCreateAsync("created", "x", "~t:all"));

        // The value has the tags of its new writer from now on.
        await writer.RemoveAsync("~t:b");
        Assert.Equal("x", await writer.GetAsync("created", "~t:all"));
        await writer.RemoveAsync("~t:c");
        Assert.Null(await writer.GetAsync("created", "~t:all"));
    }

    [Theory]
    [InlineData("~t:a", false)]
    [InlineData("~t:all", false)]
    [InlineData("~t:other", true)]
    public async Task Only_a_change_of_its_own_tags_makes_a_value_old_that_is_being_created(string changed, bool isStored)
    {
        await using var fleet = new Fleet();
        var one = new TagClient(fleet.Join(), codec: With(Text, "~t:a"));
        var two = new TagClient(fleet.Join());
        var create = new GatedCreate();
        var waits = one.GetOrCreateAsync("k", create.CreateAsync, "~t:all").AsTask();
        await create.Started;
        await two.RemoveAsync(changed);
        create.Return("old");
        Assert.Equal("old", await waits);
        Assert.Equal(isStored ? "old" : null, await two.GetAsync("k", "~t:all"));
    }

    [Fact]
    public async Task They_stand_beside_those_that_come_from_the_value()
    {
        await using var fleet = new Fleet();
        var pool = fleet.Join();
        foreach (var changed in (string[])["~t:a", "~t:first:v"])
        {
            var client = new TagClient(pool, codec: With(TagClient.ByFirstLetter, "~t:a"));
            await client.SetAsync("set", "v");
            await client.GetOrCreateAsync("created", "v");
            await client.SetManyAsync(new Dictionary<string, string> { ["many"] = "v" });
            Assert.Equal(("v", "v", 1), (await client.GetAsync("set"), await client.GetAsync("created"), (await client.GetManyAsync(["many"])).Count));
            await client.RemoveAsync(changed, TagClient.Group);
            Assert.Equal((null, null, 0), (await client.GetAsync("set"), await client.GetAsync("created"), (await client.GetManyAsync(["many"])).Count));
        }
    }

    [Fact]
    public async Task More_than_32_are_refused()
    {
        await using var fleet = new Fleet();
        string[] tags = [.. Enumerable.Range(0, TagKeys.MaxCount).Select(i => $"~t:{i}")];
        await new TagClient(fleet.Join(), codec: With(Text, tags)).SetAsync("k", "v");
        Assert.Equal("v", await new TagClient(fleet.Join()).GetAsync("k"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await new TagClient(fleet.Join(), codec: With(TagClient.ByFirstLetter, tags)).SetAsync("k", "v"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("~t:all")]
    [InlineData("~t:a")]
    public async Task A_value_that_is_stored_with_a_snapshot_counts_as_made_then(string? changed)
    {
        await using var fleet = new Fleet();
        var (one, two) = (fleet.Join(), new TagClient(fleet.Join()));
        var snapshot = await one.SnapshotTagsAsync(Keys("~t:all"), With(Text, "~t:a"), Token);
        if (changed is not null)
        {
            await two.RemoveAsync(changed);
        }

        Assert.True(await one.SetTaggedAsync(Encoding.UTF8.GetBytes("k"), snapshot, "v", cancellationToken: Token));
        Assert.Equal(changed is null ? "v" : null, await two.GetAsync("k", "~t:all"));
    }

    [Fact]
    public async Task With_a_snapshot_of_a_group_that_has_changed_nothing_is_stored()
    {
        await using var fleet = new Fleet();
        var (one, two) = (fleet.Join(), new TagClient(fleet.Join(), codec: TagClient.ByFirstLetter));
        var snapshot = await one.SnapshotTagsAsync(Keys(), TagClient.ByFirstLetter, Token);
        Assert.True(await one.SetTaggedAsync(Encoding.UTF8.GetBytes("k"), snapshot, "apple", cancellationToken: Token));
        Assert.Equal("apple", await two.GetAsync("k"));

        await two.RemoveAsync("~t:first:b", TagClient.Group);
        Assert.False(await one.SetTaggedAsync(Encoding.UTF8.GetBytes("k"), snapshot, "avocado", cancellationToken: Token));
        Assert.Equal("apple", await two.GetAsync("k"));
    }

    private static TaggedCodec<string> With(TaggedCodec<string> codec, params string[] tags) => codec.WithTags(Keys(tags));

    private static TagKeys Keys(params string[] tags)
    {
        var keys = new TagKeys(new byte[Math.Max(1, tags.Length) * TagKeys.SizePerTag], 250);
        foreach (var tag in tags)
        {
            keys.Add(Encoding.UTF8.GetBytes(tag));
        }

        return keys;
    }
}
