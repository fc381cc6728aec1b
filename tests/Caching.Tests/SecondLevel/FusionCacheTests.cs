using ZiggyCreatures.Caching.Fusion;
using Node = ZiggyCreatures.Caching.Fusion.FusionCache;

namespace TypedCache.Caching.Tests.SecondLevel;

/// <summary>The cache as distributed level of FusionCache, in several processes, after FusionCache's own tests of its two levels.</summary>
public sealed class FusionCacheTests : IDisposable
{
    // FusionCache's own clock is real.
    private readonly SharedServers _servers = new(2, DateTimeOffset.UtcNow);
    private readonly List<Node> _nodes = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _nodes.ForEach(node => node.Dispose());
        _servers.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task What_one_process_sets_another_reads(int length)
    {
        var first = Join();
        var second = Join();
        var text = new string('ä', length);
        await first.SetAsync("async", text, token: Token);
        first.Set("sync", text, token: Token);
        Assert.Equal(text, await second.GetOrDefaultAsync<string>("async", token: Token));
        Assert.Equal(text, second.GetOrDefault<string>("sync", token: Token));
        Assert.Equal(text, second.GetOrSet<string>("async", _ => "other", token: Token));
        Assert.Equal(text, await second.GetOrSetAsync<string>("sync", _ => Task.FromResult("other"), token: Token));
    }

    [Fact]
    public async Task A_null_is_a_value()
    {
        await Join().SetAsync<string?>("k", null, token: Token);
        var read = await Join().TryGetAsync<string?>("k", token: Token);
        Assert.True(read.HasValue);
        Assert.Null(read.Value);
    }

    [Fact]
    public async Task Structured_keys_are_told_apart()
    {
        var first = Join();
        await first.SetAsync("a b", 1, token: Token);
        await first.SetAsync("a%20b", 2, token: Token);
        await first.SetAsync(new string('k', 500) + "1", 3, token: Token);
        await first.SetAsync(new string('k', 500) + "2", 4, token: Token);
        var second = Join();
        Assert.Equal(
            (1, 2, 3, 4),
            (await second.GetOrDefaultAsync<int>("a b", token: Token),
             await second.GetOrDefaultAsync<int>("a%20b", token: Token),
             await second.GetOrDefaultAsync<int>(new string('k', 500) + "1", token: Token),
             await second.GetOrDefaultAsync<int>(new string('k', 500) + "2", token: Token)));
    }

    [Fact]
    public async Task Removing_and_expiring_reach_the_other_processes()
    {
        var first = Join();
        await first.SetAsync("removed", 1, token: Token);
        await first.SetAsync("expired", 1, token: Token);
        await first.RemoveAsync("removed", token: Token);
        first.Expire("expired", token: Token);
        var second = Join();
        Assert.False((await second.TryGetAsync<int>("removed", token: Token)).HasValue);
        Assert.False((await second.TryGetAsync<int>("expired", token: Token)).HasValue);
    }

    [Fact]
    public async Task Values_end_in_the_second_level_after_their_duration()
    {
        await Join().SetAsync("k", 1, new FusionCacheEntryOptions(TimeSpan.FromMinutes(5)), Token);
        _servers.Advance(4 * 60);
        Assert.Equal(1, await Join().GetOrDefaultAsync<int>("k", token: Token));
        _servers.Advance(2 * 60);
        Assert.Equal(0, await Join().GetOrDefaultAsync<int>("k", token: Token));
    }

    [Fact]
    public async Task Fail_safe_finds_stale_values_in_the_second_level()
    {
        var options = new FusionCacheEntryOptions(TimeSpan.FromMilliseconds(1)).SetFailSafe(true, TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
        await Join().SetAsync("k", 7, options, Token);
        await Task.Delay(20, Token);
        Assert.Equal(7, await Join().GetOrSetAsync<int>("k", _ => throw new InvalidOperationException("the source is down"), options, token: Token));
    }

    [Fact]
    public async Task The_second_level_can_be_skipped()
    {
        var skips = new FusionCacheEntryOptions(TimeSpan.FromMinutes(5)).SetSkipDistributedCacheWrite(true, true);
        await Join().SetAsync("k", 1, skips, Token);
        Assert.False((await Join().TryGetAsync<int>("k", token: Token)).HasValue);
    }

    [Fact]
    public async Task Eager_refresh_and_conditional_refresh_write_to_the_second_level()
    {
        var first = Join();
        await first.SetAsync("k", "old", token: Token);
        await first.RemoveAsync("k", token: Token);
        Assert.Equal("new", await first.GetOrSetAsync<string>("k", (context, _) => Task.FromResult(context.Modified("new", "etag")), token: Token));
        Assert.Equal("new", await Join().GetOrDefaultAsync<string>("k", token: Token));
    }

    [Fact]
    public async Task Tags_are_seen_by_processes_that_start_later()
    {
        var first = Join();
        await first.SetAsync("k", 1, tags: ["t"], token: Token);
        await first.SetAsync("other", 2, tags: ["u"], token: Token);
        await first.RemoveByTagAsync("t", token: Token);
        var second = Join();
        Assert.Equal(0, await second.GetOrDefaultAsync<int>("k", token: Token));
        Assert.Equal(2, await second.GetOrDefaultAsync<int>("other", token: Token));
    }

    [Fact]
    public async Task Without_servers_it_goes_on_with_its_first_level_and_says_so_where_asked()
    {
        var cache = Join();
        await cache.SetAsync("before", 1, token: Token);
        _servers.Stop();
        Assert.Equal(1, await cache.GetOrDefaultAsync<int>("before", token: Token));
        Assert.Equal(2, await cache.GetOrSetAsync<int>("after", _ => Task.FromResult(2), token: Token));
        Assert.Equal(2, cache.GetOrSet<int>("after", _ => 3, token: Token));

        var strict = new FusionCacheEntryOptions(TimeSpan.FromMinutes(5)) { ReThrowDistributedCacheExceptions = true, AllowBackgroundDistributedCacheOperations = false };
        await Assert.ThrowsAnyAsync<Exception>(async () => await Join().SetAsync("k", 1, strict, Token));
    }

    private Node Join()
    {
        var pool = _servers.Join(configure: options => options.RetryInterval = Timeout.InfiniteTimeSpan);
        var node = new Node(new FusionCacheOptions { DefaultEntryOptions = new FusionCacheEntryOptions(TimeSpan.FromMinutes(5)) });
        node.SetupDistributedCache(_servers.CacheOver(pool), new FusionJsonSerializer());
        _nodes.Add(node);
        return node;
    }
}
