using TypedCache.Tests.Creation;

namespace TypedCache.Tests.Tags;

/// <summary>Tags that come from the value itself: here, its first letter.</summary>
public sealed class OwnTagTests
{
    private static Func<CancellationToken, ValueTask<string>> Never => static _ => throw new InvalidOperationException("nothing was to be created");

    [Fact]
    public async Task A_value_goes_with_its_own_tags_and_with_no_others()
    {
        await using var fleet = new Fleet(servers: 2);
        var (one, two) = (Join(fleet), Join(fleet));
        Assert.Equal("apple", await one.GetOrCreateAsync("k", "apple", "~t:named"));
        await two.InvalidateAsync("~t:first:b", TagClient.Group);
        Assert.Equal("apple", await two.GetAsync("k", "~t:named"));
        Assert.Equal("apple", await two.GetOrCreateAsync("k", Never, "~t:named"));

        await two.InvalidateAsync("~t:first:a", TagClient.Group);
        Assert.Null(await one.GetAsync("k", "~t:named"));
        Assert.Equal("banana", await one.GetOrCreateAsync("k", "banana", "~t:named"));
        await two.RemoveAsync("~t:first:a", TagClient.Group);
        Assert.Equal("banana", await two.GetAsync("k", "~t:named"));
        await two.RemoveAsync("~t:named");
        Assert.Null(await two.GetAsync("k", "~t:named"));
    }

    [Fact]
    public async Task Plain_stores_have_them_too()
    {
        await using var fleet = new Fleet();
        var client = Join(fleet);
        await client.SetAsync("k", "apple");
        await client.SetManyAsync(new Dictionary<string, string> { ["m1"] = "apple", ["m2"] = "banana" });
        Assert.Equal("apple", await client.GetAsync("k"));
        await client.InvalidateAsync("~t:first:a", TagClient.Group);
        Assert.Null(await client.GetAsync("k"));
        Assert.Equal(["m2"], (await client.GetManyAsync(["m1", "m2"])).Keys);
    }

    [Fact]
    public async Task A_value_whose_tag_is_invalidated_while_it_is_created_is_not_stored()
    {
        await using var fleet = new Fleet();
        var (one, two) = (Join(fleet), Join(fleet));
        var create = new GatedCreate();
        var waits = one.GetOrCreateAsync("k", create.CreateAsync).AsTask();
        await create.Started;
        await two.InvalidateAsync("~t:first:a", TagClient.Group);
        var late = one.GetOrCreateAsync("k", "avocado").AsTask();
        await Fleet.UntilAsync(() => one.Pool.WaitingForCreation == 2);
        create.Return("apple");
        Assert.Equal("apple", await waits);
        Assert.Equal("avocado", await late);
        Assert.Equal("avocado", await two.GetOrCreateAsync("k", Never));
    }

    [Fact]
    public async Task Batches_are_not_stored_either_then()
    {
        await using var fleet = new Fleet();
        var client = Join(fleet);
        var found = await client.GetOrCreateManyAsync(["k1", "k2"], async (keys, _) =>
        {
            await client.InvalidateAsync("~t:first:a", TagClient.Group);
            return keys.ToDictionary(static key => key, static key => $"a-{key}");
        });
        Assert.Equal(["a-k1", "a-k2"], found.Values.Order());
        Assert.Empty(await client.GetManyAsync(["k1", "k2"]));
        Assert.Equal(["k1=x", "k2=x"], (await client.GetOrCreateManyAsync(["k1", "k2"], "x")).Values.Order());
        Assert.Equal(2, (await client.GetManyAsync(["k1", "k2"])).Count);
        await client.RemoveAsync("~t:first:k", TagClient.Group);
        Assert.Empty(await client.GetManyAsync(["k1", "k2"]));
    }

    private static TagClient Join(Fleet fleet) => new(fleet.Join(), codec: TagClient.ByFirstLetter);
}
