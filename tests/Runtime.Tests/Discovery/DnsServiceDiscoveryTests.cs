using TypedCache.Discovery;
using TypedCache.Tests.Creation;
using static TypedCache.Tests.Discovery.DnsResponder;

namespace TypedCache.Tests.Discovery;

public sealed class DnsServiceDiscoveryTests
{
    private const string Service = "_memcached._tcp.cache.example";

    private static readonly Answer Two = new(("cache-1.cache.example", 11211), ("Cache-0.cache.EXAMPLE", 11212));
    private static readonly Answer Three = new(("cache-0.cache.example", 11212), ("cache-2.cache.example", 11211), ("cache-1.cache.example", 11211), ("cache-2.cache.example", 11211));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Targets_are_sorted_and_another_answer_holds_once_it_came_twice()
    {
        using var server = new DnsResponder(withTcp: false, Two, Two, Three, Three, Three);
        Assert.Equal(
            [
                "cache-0.cache.example:11212 cache-1.cache.example:11211",
                "cache-0.cache.example:11212 cache-1.cache.example:11211",
                "cache-0.cache.example:11212 cache-1.cache.example:11211 cache-2.cache.example:11211",
                "cache-0.cache.example:11212 cache-1.cache.example:11211 cache-2.cache.example:11211",
            ],
            await WatchAsync(server, questions: 5));
    }

    [Fact]
    public async Task No_failure_is_a_list()
    {
        using var server = new DnsResponder(
            withTcp: false, Two, new Answer { Code = 3 }, new Answer { Code = 2 }, new Answer { Code = 2 }, new Answer(), Two);

        var told = await WatchAsync(server, questions: 5);

        Assert.Equal("cache-0.cache.example:11212 cache-1.cache.example:11211", told[0]);
        Assert.StartsWith($"! {Service} was refused: NotExistentDomain", told[1], StringComparison.Ordinal);
        Assert.StartsWith($"! {Service} was ", told[2], StringComparison.Ordinal);
        Assert.All(told[1..^1], static line => Assert.StartsWith("! ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_answer_is_a_failure()
    {
        using var server = new DnsResponder(withTcp: false, new Answer());
        Assert.Equal([$"! dnssrv+{Service} has no servers."], await WatchAsync(server, questions: 1));
    }

    [Fact]
    public async Task No_answer_is_a_failure_in_time()
    {
        using var server = new DnsResponder(withTcp: false, new Answer { IsSilent = true });
        Assert.StartsWith($"! {Service} was not answered: ", Assert.Single(await WatchAsync(server, questions: 1, TimeSpan.FromMilliseconds(200))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_is_a_failure()
    {
        using var server = new DnsResponder(withTcp: false, new Answer { IsGarbage = true });
        Assert.StartsWith("! ", Assert.Single(await WatchAsync(server, questions: 1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_cut_short_is_asked_for_over_TCP()
    {
        using var server = new DnsResponder(withTcp: true, Three with { IsTruncated = true });
        Assert.Equal(["cache-0.cache.example:11212 cache-1.cache.example:11211 cache-2.cache.example:11211"], await WatchAsync(server, questions: 1));
    }

    [Fact]
    public async Task An_answer_that_is_cut_short_for_good_is_never_a_shorter_list()
    {
        using var server = new DnsResponder(withTcp: false, Three with { IsTruncated = true });
        Assert.StartsWith("! ", Assert.Single(await WatchAsync(server, questions: 1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_registered_it_stands_in_connection_strings()
    {
        using var server = new DnsResponder(withTcp: false, Two);
        DnsServiceDiscovery.Register(new DnsServiceDiscoveryOptions { NameServers = [server.EndPoint], Timeout = TimeSpan.FromSeconds(30) });
        try
        {
            var options = MemcachedConnectionString.Parse($"dnssrv+{Service}; timeout=1m; connect-timeout=1m").ToOptions();
            Assert.Same(options.Discovery, ServerDiscovery.Parse($"DNSSRV+{Service}"));
            await using var pool = await MemcachedPool.ConnectAsync(options, Token);
            Assert.Equal(["cache-0.cache.example:11212", "cache-1.cache.example:11211"], pool.Servers.Select(static one => one.Name));
            Assert.Contains("dnssrv+_memcached._tcp.name", Assert.ThrowsAny<ArgumentException>(() => ServerDiscovery.Parse("dnssrv+a:11211")).Message, StringComparison.Ordinal);
        }
        finally
        {
            ServerDiscovery.RemovePrefix("dnssrv+");
        }
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DnsServiceDiscovery.Create(Service, new DnsServiceDiscoveryOptions { PollInterval = TimeSpan.FromSeconds(4) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => DnsServiceDiscovery.Create(Service, new DnsServiceDiscoveryOptions { Timeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => DnsServiceDiscovery.Create(""));
        Assert.Throws<ArgumentException>(() => DnsServiceDiscovery.Create("a b"));
    }

    private static async Task<List<string>> WatchAsync(DnsResponder server, int questions, TimeSpan? timeout = null)
    {
        var options = new DnsServiceDiscoveryOptions { NameServers = [server.EndPoint], Timeout = timeout ?? TimeSpan.FromSeconds(30) };
        var source = (IPoolDiscovery)DnsServiceDiscovery.Create(Service, options);
        var time = new InstantTime(questions - 1);
        var told = new List<string>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var watch = Task.Run(async () =>
        {
            await foreach (var list in source.WatchAsync(new DiscoveryContext(time, static () => TimeSpan.FromMinutes(1), Tls: null), end.Token))
            {
                told.Add(list.Failure is { } failure ? $"! {failure.Message}" : string.Join(' ', list.Servers.Select(static one => one.Name)));
            }
        }, Token);
        await Fleet.UntilAsync(() => time.IsStuck);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
        return told;
    }
}
