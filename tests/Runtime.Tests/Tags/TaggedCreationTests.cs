using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Tags;

/// <summary>Values with tags that are created where they are missing or too old.</summary>
public sealed class TaggedCreationTests
{
    private const string Tag = "~t:a";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Func<CancellationToken, ValueTask<string>> Never => static _ => throw new InvalidOperationException("nothing was to be created");

    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task A_value_is_created_once_until_a_tag_is_invalidated(MemcachedProtocol protocol)
    {
        await using var fleet = new Fleet(servers: 2, protocol);
        var (one, two) = (new TagClient(fleet.Join()), new TagClient(fleet.Join()));
        Assert.Equal("1", await one.GetOrCreateAsync("k", "1", Tag, "~t:b"));
        Assert.Equal("1", await two.GetOrCreateAsync("k", Never, Tag, "~t:b"));
        foreach (var (tag, created) in new[] { (Tag, "2"), ("~t:b", "3") })
        {
            await two.InvalidateAsync(tag);
            Assert.Equal(created, await one.GetOrCreateAsync("k", created, Tag, "~t:b"));
            Assert.Equal(created, await two.GetOrCreateAsync("k", Never, Tag, "~t:b"));
        }

        await one.RemoveAsync(Tag);
        Assert.Equal("4", await two.GetOrCreateAsync("k", "4", Tag, "~t:b"));
    }

    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task With_stale_values_in_the_classic_protocol_too_nothing_removed_is_served(MemcachedProtocol protocol)
    {
        await using var fleet = new Fleet(protocol: protocol);
        var client = new TagClient(fleet.Join(), TagClient.Stale);
        await client.GetOrCreateAsync("k", "1", Tag);
        await client.RemoveAsync(Tag);
        Assert.Equal("2", await client.GetOrCreateAsync("k", "2", Tag));
        Assert.Equal("2", await client.GetOrCreateAsync("k", Never, Tag));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_invalidation_during_a_create_makes_its_value_old_at_once(bool removes)
    {
        await using var fleet = new Fleet();
        var (one, two) = (new TagClient(fleet.Join()), new TagClient(fleet.Join()));
        var create = new GatedCreate();
        var waits = one.GetOrCreateAsync("k", create.CreateAsync, Tag).AsTask();
        await create.Started;
        await (removes ? two.RemoveAsync(Tag) : two.InvalidateAsync(Tag));
        create.Return("old");
        Assert.Equal("old", await waits);
        Assert.Null(await two.GetAsync("k", Tag));
        Assert.Equal("new", await one.GetOrCreateAsync("k", "new", Tag));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_comes_after_an_invalidation_does_not_share_a_create_that_began_before(bool sameProcess)
    {
        await using var fleet = new Fleet();
        var one = new TagClient(fleet.Join());
        var two = sameProcess ? one : new TagClient(fleet.Join());
        var create = new GatedCreate();
        var first = one.GetOrCreateAsync("k", create.CreateAsync, Tag).AsTask();
        await create.Started;
        await two.InvalidateAsync(Tag);
        var second = two.GetOrCreateAsync("k", "new", Tag).AsTask();
        await Fleet.UntilAsync(() => one.Pool.WaitingForCreation + (sameProcess ? 0 : two.Pool.WaitingForCreation) == 2);

        create.Return("old");
        Assert.Equal("old", await first);
        Assert.Equal("new", await fleet.PassTimeAsync(second));
        Assert.Equal("new", await one.GetOrCreateAsync("k", Never, Tag));
    }

    [Fact]
    public async Task Callers_who_come_before_the_create_ends_share_it()
    {
        await using var fleet = new Fleet();
        var one = new TagClient(fleet.Join());
        var create = new GatedCreate();
        Task<string>[] calls = [.. Enumerable.Range(0, 20).Select(_ => one.GetOrCreateAsync("k", create.CreateAsync, Tag).AsTask())];
        await Fleet.UntilAsync(() => one.Pool.WaitingForCreation == calls.Length);
        create.Return("value");
        Assert.All(await Task.WhenAll(calls), static value => Assert.Equal("value", value));
        Assert.Equal(1, create.Runs);
    }

    [Fact]
    public async Task An_invalidated_value_is_served_at_once_and_refreshed_once_in_the_fleet()
    {
        await using var fleet = new Fleet();
        TagClient[] clients = [new(fleet.Join(), TagClient.Stale), new(fleet.Join(), TagClient.Stale)];
        await clients[0].GetOrCreateAsync("k", "old", Tag);
        await clients[1].InvalidateAsync(Tag);
        var refresh = new GatedCreate();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("old", await clients[i % 2].GetOrCreateAsync("k", refresh.CreateAsync, Tag));
        }

        await refresh.Started;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("old", await clients[i % 2].GetOrCreateAsync("k", refresh.CreateAsync, Tag));
        }

        refresh.Return("new");
        await Fleet.UntilAsync(() => clients[0].Pool.WaitingForCreation + clients[1].Pool.WaitingForCreation == 0);
        Assert.Equal(1, refresh.Runs);
        Assert.Equal("new", await clients[0].GetOrCreateAsync("k", Never, Tag));
        Assert.Equal("new", await clients[1].GetAsync("k", Tag));
    }

    [Fact]
    public async Task A_removed_value_is_not_served_even_while_it_is_being_refreshed()
    {
        await using var fleet = new Fleet();
        var (one, two) = (new TagClient(fleet.Join(), TagClient.Stale), new TagClient(fleet.Join(), TagClient.Stale));
        await one.GetOrCreateAsync("k", "old", Tag);
        await two.InvalidateAsync(Tag);
        var refresh = new GatedCreate();
        Assert.Equal("old", await one.GetOrCreateAsync("k", refresh.CreateAsync, Tag));
        await refresh.Started;
        await two.RemoveAsync(Tag);
        Assert.Equal("new", await fleet.PassTimeAsync(two.GetOrCreateAsync("k", "new", Tag).AsTask()));

        refresh.Return("late");
        await Fleet.UntilAsync(() => one.Pool.WaitingForCreation == 0);
        Assert.Equal("new", await one.GetOrCreateAsync("k", Never, Tag));
    }

    [Fact]
    public async Task A_value_that_was_stored_without_tags_is_replaced()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join(), TagClient.Stale);
        await client.Pool.SetAsync("k", "plain", CacheCodecs.String, TimeSpan.FromHours(1), Token);
        Assert.Equal("1", await client.GetOrCreateAsync("k", "1", Tag));
        Assert.Equal("1", await client.GetOrCreateAsync("k", Never, Tag));
    }

    [Fact]
    public async Task An_exception_of_the_create_function_reaches_the_caller_and_the_next_one_tries_again()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await client.GetOrCreateAsync("k", Never, Tag));
        Assert.Equal("1", await client.GetOrCreateAsync("k", "1", Tag));
    }
}
