using System.Net;
using System.Net.Sockets;
using TypedCache.Discovery;

namespace TypedCache.Tests.Discovery;

public sealed class PollingDiscoveryTests
{
    private static readonly IPAddress[] One = [IPAddress.Parse("10.0.0.1")];
    private static readonly IPAddress[] Two = [IPAddress.Parse("10.0.0.10"), IPAddress.Parse("10.0.0.2")];

    // Stands for a resolver that fails.
    private static readonly IPAddress[] Fails = [IPAddress.None];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_answer_holds_at_once_and_another_one_once_it_came_twice()
    {
        var (told, pauses) = await RunAsync(One, One, Two, Two, Two);
        Assert.Equal(["10.0.0.1", "10.0.0.1", "10.0.0.2 10.0.0.10", "10.0.0.2 10.0.0.10"], told);
        Assert.Equal([15, 15, 5, 15, 15], pauses);
    }

    [Fact]
    public async Task The_order_of_the_answer_is_no_difference()
    {
        var (told, pauses) = await RunAsync(Two, [Two[1], Two[0]], [Two[1], Two[0], Two[1]]);
        Assert.Equal(Enumerable.Repeat("10.0.0.2 10.0.0.10", 3), told);
        Assert.Equal([15, 15, 15], pauses);
    }

    [Fact]
    public async Task An_answer_that_flaps_is_never_taken_and_then_told()
    {
        var (told, _) = await RunAsync(One, Two, One, Two, One, Two, One, Two, One, One);
        Assert.Equal(["10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.1", "! dns+cache:11211 answers differently each time it is asked.", "10.0.0.1", "10.0.0.1"], told);
    }

    [Fact]
    public async Task Answers_that_differ_each_time_are_told()
    {
        var random = Enumerable.Range(1, 6).Select(static i => new[] { IPAddress.Parse($"10.0.1.{i}") }).ToArray();
        var (told, pauses) = await RunAsync(random);
        Assert.Equal("10.0.1.1", told[0]);
        Assert.Equal(2, told.Count(static list => list == "! dns+cache:11211 answers differently each time it is asked."));
        Assert.Equal([15, 5, 5, 5, 5, 5], pauses);
    }

    [Fact]
    public async Task Empty_and_failed_answers_are_failures_that_are_asked_again_soon()
    {
        var (told, pauses) = await RunAsync([], Fails, Fails, [], [], One, []);
        Assert.Equal("! dns+cache:11211 has no servers.", told[0]);
        Assert.StartsWith("! cache cannot be resolved: ", told[1], StringComparison.Ordinal);
        Assert.StartsWith("! cache cannot be resolved: ", told[2], StringComparison.Ordinal);
        Assert.Equal("10.0.0.1", told[5]);
        Assert.Equal([1, 2, 4, 8, 15, 15, 1], pauses);
    }

    [Fact]
    public async Task Of_two_families_one_counts()
    {
        var (told, _) = await RunAsync([IPAddress.Parse("fd00::2"), Two[0], IPAddress.Parse("fd00::1"), Two[1]]);
        Assert.Equal("10.0.0.2 10.0.0.10", told[0]);
        var (six, _) = await RunAsync([IPAddress.Parse("fd00::2"), IPAddress.Parse("fd00::1")]);
        Assert.Equal("[fd00::1] [fd00::2]", six[0]);
    }

    [Fact]
    public async Task A_resolver_that_hangs_is_a_failure_in_time()
    {
        using var never = new ManualResetEventSlim();
        var source = (IPoolDiscovery)ServerDiscovery.Resolve("cache", null, _ =>
        {
            never.Wait(Token);
            return One;
        });
        var context = new DiscoveryContext(new InstantTime(0), static () => TimeSpan.FromMilliseconds(100), Tls: null);
        await foreach (var list in source.WatchAsync(context, Token))
        {
            Assert.Equal("cache was not resolved within 100 ms.", list.Failure!.Message);
            break;
        }

        never.Set();
    }

    [Fact]
    public async Task Functions_of_the_application_are_asked_the_same_way()
    {
        var answers = new Queue<string>(["a", "throw", "b", "b"]);
        var time = new InstantTime(3);
        var source = (IPoolDiscovery)ServerDiscovery.Poll(
            "consul",
            _ => answers.Dequeue() is var answer && answer == "throw"
                ? throw new HttpRequestException("503")
                : Task.FromResult<IReadOnlyList<MemcachedServerOptions>>([new(answer)]),
            TimeSpan.FromSeconds(30));
        Assert.Equal("consul", source.ToString());
        var told = new List<string>();
        await foreach (var list in source.WatchAsync(new DiscoveryContext(time, static () => TimeSpan.FromMinutes(1), Tls: null), Token))
        {
            told.Add(list.Failure?.Message ?? list.Servers[0].Host);
            if (told.Count == 3)
            {
                break;
            }
        }

        Assert.Equal(["a", "503", "b"], told);
        Assert.Equal([30, 1, 5], time.Pauses);
    }

    [Fact]
    public void Sources_are_parsed_and_what_is_none_says_what_it_lacks()
    {
        Assert.Equal("config:cfg.example:11212", ServerDiscovery.Parse(" CONFIG:cfg.example:11212").ToString());
        Assert.Equal("config:cfg.example:11211", ServerDiscovery.Parse("config:cfg.example").ToString());
        Assert.Equal("dns+cache.example:11211", ServerDiscovery.Parse("dns+cache.example:11211").ToString());
        Assert.Equal(ServerDiscovery.ElastiCache("a"), ServerDiscovery.Parse("config:a"));
        Assert.NotEqual(ServerDiscovery.ElastiCache("a"), ServerDiscovery.Parse("config:b"));
        foreach (var (text, expected) in new[]
        {
            ("dnssrv+_memcached._tcp.x", "needs the package TypedCache.Discovery.Dns: add it, and call DnsServiceDiscovery.Register()"),
            ("cache-1:11211", "is not a source of servers. Write config:host:port"),
            ("config:", "a server is missing"),
            ("config:a,b", "is not an endpoint. Write one host:port."),
            ("config:a weight=2", "is not an endpoint. Write one host:port."),
            ("dns+unix:/run/x", "is not an endpoint"),
            ("config:a:0", "is not a port"),
        })
        {
            Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(() => ServerDiscovery.Parse(text)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ServerDiscovery.Dns("a", TimeSpan.FromSeconds(4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ServerDiscovery.ElastiCache("a", TimeSpan.FromMilliseconds(999)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ServerDiscovery.Poll("a", static _ => null!, TimeSpan.Zero));
    }

    [Fact]
    public void A_prefix_of_the_application_is_a_source_in_connection_strings()
    {
        ServerDiscovery.AddPrefix("polltest+", static rest => ServerDiscovery.Poll($"polltest {rest}", static _ => throw new NotSupportedException(), TimeSpan.FromMinutes(1)));
        Assert.Equal("polltest+x;y", Assert.IsType<string>(MemcachedConnectionString.Parse("polltest+x").Discovery) + ";y");
        Assert.Equal("polltest x", MemcachedConnectionString.Parse("PollTest+x, a:1").ToOptions().Discovery!.ToString());
        foreach (var prefix in new[] { "", "+", "a", "a-b+", "1+", "unix:" })
        {
            Assert.Throws<ArgumentException>(() => ServerDiscovery.AddPrefix(prefix, static _ => null!));
        }
    }

    private static async Task<(List<string> Told, IReadOnlyList<double> Pauses)> RunAsync(params IPAddress[][] answers)
    {
        var next = 0;
        var time = new InstantTime(answers.Length - 1);
        var source = (IPoolDiscovery)ServerDiscovery.Resolve("cache", null, _ => answers[next++] is var answer && answer == Fails ? throw new SocketException((int)SocketError.HostNotFound) : answer);
        var told = new List<string>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var watch = Task.Run(async () =>
        {
            await foreach (var list in source.WatchAsync(new DiscoveryContext(time, static () => TimeSpan.FromMinutes(1), Tls: null), end.Token))
            {
                told.Add(list.Failure is { } failure ? $"! {failure.Message}" : string.Join(' ', list.Servers.Select(static server => server.Host)));
            }
        }, Token);
        await Creation.Fleet.UntilAsync(() => time.Pauses.Count == answers.Length);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
        return (told, time.Pauses);
    }
}
