using System.Collections.Concurrent;
using TypedCache.Tests.Creation;

namespace TypedCache.Tests.Tags;

/// <summary>Many values with tags: each has one of its own, and common ones.</summary>
public sealed class TaggedBatchTests
{
    private static readonly string[] Items = ["k1", "k2", "k3", "k4"];

    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task Only_what_has_an_invalidated_tag_is_missing(MemcachedProtocol protocol)
    {
        await using var fleet = new Fleet(servers: 3, protocol);
        var (one, two) = (new TagClient(fleet.Join()), new TagClient(fleet.Join()));
        await one.SetManyAsync(Items.ToDictionary(static key => key, static key => $"{key}=1"), "~t:all");
        Assert.Equal(4, (await two.GetManyAsync([.. Items, "k1", "missing"], "~t:all")).Count);

        await one.InvalidateAsync("~t:k2");
        await one.RemoveAsync("~t:k4");
        Assert.Equal(["k1", "k3"], (await two.GetManyAsync(Items, "~t:all")).Keys.Order());
        Assert.Equal(["k1=1", "k2=2", "k3=1", "k4=2"], (await two.GetOrCreateManyAsync(Items, "2", "~t:all")).Values.Order());
        Assert.Equal(["k1=1", "k2=2", "k3=1", "k4=2"], (await one.GetOrCreateManyAsync(Items, "3", "~t:all")).Values.Order());

        await two.RemoveAsync("~t:all");
        Assert.Empty(await one.GetManyAsync(Items, "~t:all"));
        Assert.Empty(await one.AddManyAsync(new Dictionary<string, string> { ["k1"] = "k1=4" }, "~t:all"));
        Assert.Equal(4, (await one.GetOrCreateManyAsync(Items, "5", "~t:all")).Values.Count(static value => value.EndsWith("=5", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Invalidated_values_are_served_and_refreshed_and_removed_ones_are_created()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join(), TagClient.Stale);
        await client.GetOrCreateManyAsync(Items, "old", "~t:all");
        await client.InvalidateAsync("~t:all");
        await client.RemoveAsync("~t:k3");
        var created = new ConcurrentQueue<string>();
        ValueTask<IReadOnlyDictionary<string, string>> Create(IReadOnlyList<string> keys, CancellationToken token)
        {
            foreach (var key in keys)
            {
                created.Enqueue(key);
            }

            return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(static key => key, static key => $"{key}=new"));
        }

        Assert.Equal(["k1=old", "k2=old", "k3=new", "k4=old"], (await client.GetOrCreateManyAsync(Items, Create, "~t:all")).Values.Order());
        await Fleet.UntilAsync(() => created.Count == 4 && client.Pool.WaitingForCreation == 0);
        Assert.Equal(Items, created.Order());
        Assert.Equal(["k1=new", "k2=new", "k3=new", "k4=new"], (await client.GetManyAsync(Items, "~t:all")).Values.Order());
    }

    [Fact]
    public async Task What_is_invalidated_while_a_batch_is_created_is_old_at_once()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join());
        var found = await client.GetOrCreateManyAsync(Items, async (keys, _) =>
        {
            await client.InvalidateAsync("~t:k1");
            return keys.Where(static key => key != "k4").ToDictionary(static key => key, static key => $"{key}=1");
        });
        Assert.Equal(["k1", "k2", "k3"], found.Keys.Order());
        Assert.Equal(["k2", "k3"], (await client.GetManyAsync(Items)).Keys.Order());
        Assert.Equal(["k1=2", "k2=1", "k3=1", "k4=2"], (await client.GetOrCreateManyAsync(Items, "2")).Values.Order());
    }

    [Fact]
    public async Task A_batch_does_not_share_a_create_that_began_before_an_invalidation()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join());
        var create = new GatedCreate();
        var first = client.GetOrCreateAsync("k1", create.CreateAsync, "~t:k1").AsTask();
        await create.Started;
        await client.InvalidateAsync("~t:k1");
        var batch = client.GetOrCreateManyAsync(Items, "new").AsTask();
        await Fleet.UntilAsync(() => client.Pool.WaitingForCreation >= 2);
        create.Return("old");
        Assert.Equal("old", await first);
        Assert.Equal(["k1=new", "k2=new", "k3=new", "k4=new"], (await batch).Values.Order());
    }
}
