using TypedCache.Pool;
using TypedCache.Tests.Creation;
using TypedCache.Tests.Pool;
using TypedCache.Tests.Pool.Returning;

namespace TypedCache.Tests.Tags;

/// <summary>Servers of tags that fail and come back.</summary>
public sealed class TagFailureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_invalidated_at_a_stand_in_does_not_come_back_with_the_server_of_the_tag(bool removes)
    {
        await using var returning = new ReturningPool();
        var client = new TagClient(returning.Pool);
        var (tag, key) = (returning.Key, returning.KeyOfHome(1));
        await client.SetAsync(key, "old", tag);
        await returning.LeaveAsync();
        await (removes ? client.RemoveAsync(tag) : client.InvalidateAsync(tag));
        Assert.Equal(1, returning.Home.MissedDeletes);

        await returning.ReturnAsync();
        Assert.Null(await client.VersionAsync(tag));
        Assert.Null(await client.GetAsync(key, tag));
    }

    [Fact]
    public async Task An_invalidation_that_fails_is_made_up_for_when_the_server_is_back()
    {
        await using var returning = new ReturningPool(static options => options.AllowFailover = false);
        var client = new TagClient(returning.Pool);
        var (tag, key) = (returning.Key, returning.KeyOfHome(1));
        await client.SetAsync(key, "old", tag);
        await returning.LeaveAsync();
        await Assert.ThrowsAnyAsync<MemcachedException>(async () => await client.InvalidateAsync(tag));
        Assert.Equal(1, returning.Home.MissedDeletes);

        await returning.ReturnAsync();
        Assert.Null(await client.GetAsync(key, tag));
    }

    [Fact]
    public async Task A_tag_that_is_only_made_at_a_stand_in_does_not_leave_two_versions()
    {
        await using var returning = new ReturningPool();
        var client = new TagClient(returning.Pool);
        var tag = returning.Key;
        await client.SetAsync("k", "old", tag);
        await returning.LeaveAsync();
        await client.SetAsync("k", "new", tag);
        Assert.Equal("new", await client.GetAsync("k", tag));

        await returning.ReturnAsync();
        Assert.Null(await client.GetAsync("k", tag));
    }

    [Fact]
    public async Task Where_the_server_of_a_tag_cannot_be_reached_reads_fail_and_values_are_created_and_not_stored()
    {
        using var servers = new SharedServers(2);
        var client = new TagClient(servers.Connect(NewOptions()), TagClient.Stale);
        var (key, tag) = (KeyOf(client.Pool, 0), KeyOf(client.Pool, 1));
        await client.SetAsync(key, "stored", tag);
        servers.Stop(1);
        await Assert.ThrowsAnyAsync<MemcachedException>(async () => await client.GetAsync(key, tag));
        await Assert.ThrowsAnyAsync<MemcachedException>(async () => await client.SetAsync(key, "new", tag));
        Assert.Equal("created", await client.GetOrCreateAsync(key, "created", tag));
        Assert.Equal("again", await client.GetOrCreateAsync(key, "again", tag));
        Assert.Equal([$"{key}=batch"], (await client.GetOrCreateManyAsync([key], "batch", tag)).Values);
        Assert.Equal("shared", await client.GetOrCreateAsync(KeyOf(client.Pool, 0, 1), "shared", tag));
    }

    [Fact]
    public async Task While_the_server_of_a_tag_cannot_be_reached_callers_share_few_creates()
    {
        using var servers = new SharedServers(2);
        var client = new TagClient(servers.Connect(NewOptions()));
        var (key, tag) = (KeyOf(client.Pool, 0), KeyOf(client.Pool, 1));
        servers.Stop(1);
        Assert.Equal("1", await client.GetOrCreateAsync(key, "1", tag));
        var create = new GatedCreate();
        Task<string>[] calls = [.. Enumerable.Range(0, 50).Select(_ => client.GetOrCreateAsync(key, create.CreateAsync, tag).AsTask())];
        await Fleet.UntilAsync(() => client.Pool.WaitingForCreation == calls.Length);
        create.Return("2");
        Assert.All(await Task.WhenAll(calls), static value => Assert.Equal("2", value));
        Assert.InRange(create.Runs, 1, 3);
    }

    [Fact]
    public async Task Where_failures_are_misses_reads_miss()
    {
        using var servers = new SharedServers(2);
        var options = NewOptions();
        options.OnServerFailure = ServerFailurePolicy.Miss;
        var client = new TagClient(servers.Connect(options));
        var (key, tag) = (KeyOf(client.Pool, 0), KeyOf(client.Pool, 1));
        await client.SetAsync(key, "stored", tag);
        servers.Stop(1);
        Assert.Null(await client.GetAsync(key, tag));
        Assert.Empty(await client.GetManyAsync([key], tag));
        Assert.Equal("created", await client.GetOrCreateAsync(key, "created", tag));
    }

    [Fact]
    public async Task Where_the_server_of_the_value_cannot_be_reached_it_is_created()
    {
        using var servers = new SharedServers(2);
        var client = new TagClient(servers.Connect(NewOptions()));
        var (key, tag) = (KeyOf(client.Pool, 0), KeyOf(client.Pool, 1));
        await client.SetAsync(key, "stored", tag);
        servers.Stop(0);
        Assert.Equal("created", await client.GetOrCreateAsync(key, "created", tag));
    }

    [Fact]
    public async Task A_restarted_server_of_tags_loses_values_and_shows_no_old_ones()
    {
        using var servers = new SharedServers(2);
        var client = new TagClient(servers.Connect(NewOptions()));
        var (key, tag) = (KeyOf(client.Pool, 0), KeyOf(client.Pool, 1));
        await client.SetAsync(key, "old", tag);
        servers.Restart(1);
        await ReturningPool.UntilAsync(() => Answers(client, KeyOf(client.Pool, 1, 1)));
        Assert.Equal("new", await client.GetOrCreateAsync(key, "new", tag));
        Assert.Equal("new", await client.GetAsync(key, tag));
    }

    private static bool Answers(TagClient client, string key)
    {
        var call = client.VersionAsync(key);
        ((IAsyncResult)call).AsyncWaitHandle.WaitOne();
        return call.IsCompletedSuccessfully;
    }

    private static MemcachedPoolOptions NewOptions() => new()
    {
        AllowFailover = false,
        OperationTimeout = Patience,
        ConnectTimeout = Patience,
        RetryInterval = TimeSpan.FromMilliseconds(5),
    };

    private static string KeyOf(MemcachedPool pool, int server, int number = 0)
    {
        for (var i = 0; ; i++)
        {
            if (pool.FindServer($"k{i}") == pool.Servers[server] && number-- == 0)
            {
                return $"k{i}";
            }
        }
    }
}
