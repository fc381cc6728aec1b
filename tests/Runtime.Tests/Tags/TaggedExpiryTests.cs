using TypedCache.Tests.Creation;

namespace TypedCache.Tests.Tags;

/// <summary>Values with tags as time goes on.</summary>
public sealed class TaggedExpiryTests
{
    private const string Tag = "~t:a";

    private static Func<CancellationToken, ValueTask<string>> Never => static _ => throw new InvalidOperationException("nothing was to be created");

    [Fact]
    public async Task What_is_not_to_be_stored_is_given_out_and_not_stored()
    {
        await using var fleet = new Fleet();
        var client = new TagClient(fleet.Join());
        Assert.Equal("1", await client.GetOrCreateItemAsync("k", CacheItem.NotCached("1"), Tag));
        Assert.Equal("2", await client.GetOrCreateItemAsync("k", CacheItem.Cached("2", CacheExpiry.FromSeconds(5)), Tag));
        Assert.Equal("2", await client.GetOrCreateAsync("k", Never, Tag));
        fleet.Advance(7);
        Assert.Equal("3", await client.GetOrCreateAsync("k", "3", Tag));
    }

    [Fact]
    public async Task Fail_safe_keeps_an_invalidated_value_for_a_while_when_its_refresh_fails()
    {
        await using var fleet = new Fleet();
        var options = new GetOrCreateOptions { Expires = TimeSpan.FromMinutes(10), Stale = TimeSpan.FromMinutes(5), FailSafe = TimeSpan.FromSeconds(30) };
        var client = new TagClient(fleet.Join(), options);
        await client.GetOrCreateAsync("k", "old", Tag);
        await client.InvalidateAsync(Tag);
        var runs = 0;
        ValueTask<string> FailAsync(CancellationToken _)
        {
            Interlocked.Increment(ref runs);
            throw new InvalidOperationException("the database is away");
        }

        Assert.Equal("old", await client.GetOrCreateAsync("k", FailAsync, Tag));
        await Fleet.UntilAsync(() => Volatile.Read(ref runs) == 1 && client.Pool.WaitingForCreation == 0);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("old", await client.GetOrCreateAsync("k", FailAsync, Tag));
        }

        Assert.Equal(1, Volatile.Read(ref runs));
        fleet.Advance(32);
        Assert.Equal("old", await client.GetOrCreateAsync("k", FailAsync, Tag));
        await Fleet.UntilAsync(() => Volatile.Read(ref runs) == 2);
    }

    [Fact]
    public async Task A_fail_safe_value_is_not_served_after_a_removal()
    {
        await using var fleet = new Fleet();
        var options = new GetOrCreateOptions { Expires = TimeSpan.FromMinutes(10), Stale = TimeSpan.FromMinutes(5), FailSafe = TimeSpan.FromSeconds(30) };
        var client = new TagClient(fleet.Join(), options);
        await client.GetOrCreateAsync("k", "old", Tag);
        await client.InvalidateAsync(Tag);
        var refresh = new GatedCreate();
        Assert.Equal("old", await client.GetOrCreateAsync("k", refresh.CreateAsync, Tag));
        await refresh.Started;
        await client.RemoveAsync(Tag);
        refresh.Throw(new InvalidOperationException("the database is away"));
        await Fleet.UntilAsync(() => client.Pool.WaitingForCreation == 0);
        Assert.Equal("new", await client.GetOrCreateAsync("k", "new", Tag));
    }
}
