using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Hashing;
using TypedCache.Tests.Creation;
using TypedCache.Tests.Telemetry;
using TypedCache.Values;

namespace TypedCache.Tests.Discovery;

/// <summary>A pool that follows a source of servers.</summary>
public sealed class PoolDiscoveryTests : IDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly LogProbe _log = new();
    private readonly ScriptedSource _source = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Operations_of_all_kinds_wait_for_the_first_list_and_then_go_to_its_servers()
    {
        await using var pool = Create();
        var large = new string('x', 200_000);
        Task<string?>[] reads = [.. Enumerable.Range(0, 20).Select(i => pool.GetAsync($"none{i}", Text, Token).AsTask())];
        Task[] writes = [.. Enumerable.Range(0, 20).Select(i => pool.SetAsync($"k{i}", $"v{i}", Text, cancellationToken: Token).AsTask())];
        var largeWrite = pool.SetAsync("large", large, Text, cancellationToken: Token).AsTask();
        var counter = pool.IncrementAsync("n", 5, initial: 7, cancellationToken: Token).AsTask();
        var batch = pool.GetManyAsync(["a", "b", "c"], Text, Token).AsTask();
        var created = pool.GetOrCreateAsync("made", static _ => ValueTask.FromResult("new"), Text, new GetOrCreateOptions { Expires = TimeSpan.FromMinutes(1) }, cancellationToken: Token).AsTask();
        var versions = pool.GetVersionsAsync(Token).AsTask();
        var pings = pool.PingAsync(Token).AsTask();
        Assert.Equal("scripted", Assert.Single(pool.Servers).Name);
        await Fleet.UntilAsync(() => pool.Servers[0].Link.WaitingCount > 30);
        Assert.DoesNotContain(writes.Append(versions), static call => call.IsCompleted);

        _source.Name(1, "one", "two", "three");

        Assert.All(await Task.WhenAll(reads).WaitAsync(Patience, Token), Assert.Null);
        await Task.WhenAll(writes).WaitAsync(Patience, Token);
        await largeWrite.WaitAsync(Patience, Token);
        Assert.Equal(7ul, await counter.WaitAsync(Patience, Token));
        Assert.Empty(await batch.WaitAsync(Patience, Token));
        Assert.Equal("new", await created.WaitAsync(Patience, Token));
        Assert.Equal(["one:11211", "two:11211", "three:11211"], (await versions.WaitAsync(Patience, Token)).Select(static reply => reply.Server.Name));
        Assert.All(await pings.WaitAsync(Patience, Token), static reply => Assert.True(reply.Answered));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal($"v{i}", await pool.GetAsync($"k{i}", Text, Token));
        }

        Assert.Equal(large, await pool.GetAsync("large", Text, Token));
        Assert.Equal("new", await pool.GetAsync("made", Text, Token));
        Assert.Equal(2, pool.TopologyVersion);
    }

    [Fact]
    public async Task Without_a_list_operations_fail_in_time_and_name_the_source_and_its_fault()
    {
        await using var pool = Create(options => (options.ConnectTimeout, options.OperationTimeout) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromMinutes(1)));
        _source.Give(ServerListVersion.Failed(new MemcachedException("The cluster is being made.")));
        await Fleet.UntilAsync(() => pool.DiscoveryState!.Failure is not null);

        var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(() => pool.GetAsync("k", Text, Token).AsTask());

        Assert.Equal("scripted", failure.Server);
        Assert.EndsWith("scripted cannot be reached: it has named no servers yet. The cluster is being made.", failure.Message, StringComparison.Ordinal);
        var again = await Assert.ThrowsAsync<MemcachedConnectionException>(() => pool.SetAsync("k", "v", Text, cancellationToken: Token).AsTask());
        Assert.Contains("it has named no servers yet.", again.Message, StringComparison.Ordinal);
        Assert.Equal("scripted", Assert.Single(await pool.PingAsync(Token)).Error!.Server);
        _source.Name(1, "one");
        await pool.WaitForServersAsync(Token);
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        Assert.Equal("v", await pool.GetAsync("k", Text, Token));
        Assert.Empty(_log.Of(1).Concat(_log.Of(2)));
    }

    [Fact]
    public async Task Waiting_for_the_list_ends_before_the_operations_own_time_does()
    {
        await using var pool = Create(options => (options.ConnectTimeout, options.OperationTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(2)));
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => pool.GetAsync("k", Text, Token).AsTask());
    }

    [Fact]
    public async Task Reads_without_a_list_are_misses_where_the_pool_wants_that()
    {
        await using var pool = Create(options =>
        {
            options.OnServerFailure = ServerFailurePolicy.Miss;
            options.ConnectTimeout = TimeSpan.FromMilliseconds(200);
        });
        Assert.Null(await pool.GetAsync("k", Text, Token));
        Assert.Empty(await pool.GetManyAsync(["a", "b"], Text, Token));
    }

    [Fact]
    public async Task Servers_that_are_given_hold_until_the_source_names_others()
    {
        await using var pool = Create(static options => options.AddServers("first, second"));
        await pool.WaitForServersAsync(Token);
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        Assert.Equal(["first:11211", "second:11211"], Names(pool));

        _source.Name(null, "second", "third");

        await Fleet.UntilAsync(() => pool.TopologyVersion == 2);
        Assert.Equal(["second:11211", "third:11211"], Names(pool));
    }

    [Fact]
    public async Task The_first_list_is_told_as_added_servers_and_no_removed_one()
    {
        await using var pool = Create();
        var told = new TaskCompletionSource<ServersChangedEventArgs>();
        pool.ServersChanged += (_, change) => told.TrySetResult(change);
        _source.Name(1, "one", "two");

        var change = await told.Task.WaitAsync(Patience, Token);

        Assert.Equal(["one:11211", "two:11211"], change.Added.Select(static server => server.Name));
        Assert.Empty(change.Removed);
        await Fleet.UntilAsync(() => _log.Of(40).Count > 0);
        Assert.Equal((LogLevel.Information, "scripted named 2 servers, version 1"), (_log.Of(40)[0].Level, _log.Of(40)[0].Message));
    }

    [Fact]
    public async Task Only_a_higher_version_is_taken_and_what_is_ignored_is_told_once_a_minute()
    {
        await using var pool = Create();
        _source.Name(7, "one", "two");
        _source.Name(6, "one");
        _source.Name(7, "two", "one");
        _source.Name(7, "one", "two");
        _source.Name(8, "one", "three");

        await Fleet.UntilAsync(() => pool.DiscoveryState!.Version == 8);

        Assert.Equal(3, pool.TopologyVersion);
        Assert.Equal(["one:11211", "three:11211"], Names(pool));
        await Fleet.UntilAsync(() => _log.Of(40).Count == 2);
        Assert.Equal("scripted named other servers as version 6, which was ignored: version 7 is known already", Assert.Single(_log.Of(43)).Message);
    }

    [Fact]
    public async Task Every_kind_of_lie_keeps_the_last_good_list_and_is_told()
    {
        await using var pool = Create();
        var failures = Record(pool);
        _source.Name(null, "one", "two");
        ServerListVersion[] lies =
        [
            new(null, []),
            new(null, null!),
            null!,
            new(null, [null!]),
            new(null, [new("bad host")]),
            new(null, [new("a", Port: 0)]),
            new(null, [new("a", Weight: 70_000)]),
            ServerListVersion.Failed(new InvalidDataException("garbage")),
        ];

        foreach (var lie in lies)
        {
            _source.Give(lie);
        }

        await Fleet.UntilAsync(() => failures.Count == lies.Length);
        Assert.Equal(["one:11211", "two:11211"], Names(pool));
        Assert.Equal(2, pool.TopologyVersion);
        Assert.IsType<InvalidDataException>(pool.DiscoveryState!.Failure);
        await Fleet.UntilAsync(() => _log.Of(41).Count > 0);
        var told = Assert.Single(_log.Of(41));
        Assert.Equal(LogLevel.Warning, told.Level);
        Assert.Equal("scripted named no servers that can be used: scripted named an empty list of servers. The pool goes on with the servers that it has.", told.Message);

        _time.Advance(TimeSpan.FromSeconds(61));
        _source.Throw(new InvalidOperationException("of the source"));
        await Fleet.UntilAsync(() => _log.Of(41).Count == 2);
        await PassUntilAsync(() => _source.Watches == 2);
        _source.Name(null, "one", "two");
        await Fleet.UntilAsync(() => pool.DiscoveryState!.Failure is null && _log.Of(42).Count == 1);
        Assert.Matches(@"^scripted names servers again, after 00:0\d:\d\d", _log.Of(42)[0].Message);
        Assert.Equal(2, pool.TopologyVersion);
        Assert.All(failures, static failure => Assert.Equal("scripted", failure.Source));
    }

    [Fact]
    public async Task A_server_that_is_named_twice_counts_once()
    {
        await using var pool = Create();
        _source.Give(new ServerListVersion(1, [new("one"), new("two"), new("one", Weight: 3), new("one", 11212)]));
        await Fleet.UntilAsync(() => pool.TopologyVersion == 2);
        Assert.Equal(["one:11211", "two:11211", "one:11212"], Names(pool));
    }

    [Fact]
    public async Task The_same_list_again_undoes_no_change_that_was_made_by_hand()
    {
        await using var pool = Create();
        _source.Name(null, "one", "two");
        await Fleet.UntilAsync(() => pool.TopologyVersion == 2);
        await pool.UpdateServersAsync("three", Token);
        var before = pool.DiscoveryState!.LastList;
        _time.Advance(TimeSpan.FromSeconds(1));
        _source.Name(null, "one", "two");
        await Fleet.UntilAsync(() => pool.DiscoveryState!.LastList > before);
        Assert.Equal(["three:11211"], Names(pool));
        _source.Name(null, "one", "four");
        await Fleet.UntilAsync(() => pool.TopologyVersion == 4);
        Assert.Equal(["one:11211", "four:11211"], Names(pool));
    }

    [Fact]
    public async Task A_source_that_throws_is_watched_again_and_less_and_less_often()
    {
        var time = new InstantTime(pauses: 10);
        for (var i = 0; i < 9; i++)
        {
            _source.Throw(new InvalidOperationException());
        }

        _source.Name(1, "one");
        _source.Throw(new InvalidOperationException());
        _source.Throw(new InvalidOperationException());
        await using var pool = Create(options => options.TimeProvider = time);

        await Fleet.UntilAsync(() => time.Pauses.Count == 11);

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 1, 2], time.Pauses);
        Assert.Equal(["one:11211"], Names(pool));
    }

    [Fact]
    public async Task A_source_that_ends_is_watched_again_after_a_minute()
    {
        var time = new InstantTime(pauses: 2);
        _source.Name(null, "one");
        _source.End();
        _source.Name(null, "two");
        _source.End();
        _source.End();
        await using var pool = Create(options => options.TimeProvider = time);

        await Fleet.UntilAsync(() => time.Pauses.Count == 3);

        Assert.Equal([60, 60, 1], time.Pauses);
        Assert.Equal(["two:11211"], Names(pool));
        Assert.Equal("scripted has ended and named no servers.", pool.DiscoveryState!.Failure!.Message);
    }

    [Fact]
    public async Task A_source_that_says_nothing_is_told_after_ten_seconds()
    {
        await using var pool = Create();
        await Fleet.UntilAsync(() => _source.Watches == 1);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(pool.DiscoveryState!.Failure);
        await PassUntilAsync(() => _log.Of(41).Count > 0);
        Assert.Equal("scripted named no servers that can be used: scripted has named no servers for 10 seconds. The pool has no servers yet.", _log.Of(41)[0].Message);
        _source.Name(1, "one");
        await pool.WaitForServersAsync(Token);
    }

    [Fact]
    public async Task Disposal_ends_the_source_at_once_and_late_lists_do_nothing()
    {
        var pool = Create();
        _source.Name(1, "one");
        await Fleet.UntilAsync(() => pool.TopologyVersion == 2);
        await pool.DisposeAsync();
        Assert.True(_source.Ends.IsCancellationRequested);
        Assert.Throws<ObjectDisposedException>(() => pool.UpdateDiscovery(_source));

        using var deaf = new DeafSource();
        var other = MemcachedPool.InMemory(new MemcachedPoolOptions { Discovery = deaf });
        await deaf.Entered;
        other.Dispose();
        deaf.Go();
        await deaf.Left.WaitAsync(Patience, Token);
        Assert.Equal(1, other.TopologyVersion);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => other.WaitForServersAsync(Token).AsTask());
    }

    [Fact]
    public async Task A_pool_that_nobody_uses_any_more_ends_its_source()
    {
        Forget();
        await Fleet.UntilAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return _source.Ends.IsCancellationRequested;
        });

        void Forget()
        {
            _ = Create();
            SpinWait.SpinUntil(() => _source.Watches > 0, Patience);
        }
    }

    [Fact]
    public async Task Another_source_takes_over_and_none_leaves_the_servers_as_they_are()
    {
        await using var pool = Create();
        _source.Name(9, "one");
        await Fleet.UntilAsync(() => pool.TopologyVersion == 2);
        var second = new ScriptedSource();

        pool.UpdateDiscovery(second);

        Assert.True(_source.Ends.IsCancellationRequested);
        _source.Name(10, "ten");
        second.Name(1, "two");
        await Fleet.UntilAsync(() => pool.TopologyVersion == 3);
        Assert.Equal(["two:11211"], Names(pool));
        pool.UpdateDiscovery(null);
        Assert.True(second.Ends.IsCancellationRequested);
        Assert.Null(pool.DiscoveryState);
        Assert.Equal(["two:11211"], Names(pool));
    }

    [Fact]
    public async Task ConnectAsync_gives_a_pool_that_knows_its_servers()
    {
        _source.Name(1, "127.0.0.1");
        await using var pool = await MemcachedPool.ConnectAsync(new MemcachedPoolOptions { Discovery = _source }, Token);
        Assert.Equal(["127.0.0.1:11211"], Names(pool));
        await using var without = await MemcachedPool.ConnectAsync("127.0.0.1:1", Token);
        Assert.Single(without.Servers);
    }

    [Fact]
    public async Task ConnectAsync_fails_with_the_source_and_ends_it()
    {
        _source.Throw(new InvalidOperationException("No permission."));
        var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(() => MemcachedPool.ConnectAsync(new MemcachedPoolOptions { Discovery = _source }, Token).AsTask());
        Assert.Equal("scripted named no servers. No permission.", failure.Message);
        Assert.True(_source.Ends.IsCancellationRequested);

        var silent = new ScriptedSource();
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MemcachedPool.ConnectAsync(new MemcachedPoolOptions { Discovery = silent }, impatience.Token).AsTask());
        await Fleet.UntilAsync(() => silent.Ends.IsCancellationRequested);
    }

    [Fact]
    public async Task A_handler_that_throws_is_reported()
    {
        await using var pool = Create();
        var failed = new TaskCompletionSource<HandlerFailedEventArgs>();
        pool.DiscoveryFailed += static (_, _) => throw new InvalidOperationException();
        pool.HandlerFailed += (_, failure) => failed.TrySetResult(failure);
        _source.Give(ServerListVersion.Failed(new MemcachedException()));
        Assert.Equal(nameof(pool.DiscoveryFailed), (await failed.Task.WaitAsync(Patience, Token)).EventName);
    }

    // A strategy of the application's own may know its servers by name.
    [Fact]
    public async Task The_hash_strategy_is_first_asked_about_the_first_list()
    {
        var asked = new List<string>();
        await using var pool = Create(options => options.HashStrategy = (servers, function) =>
        {
            asked.AddRange(servers.Select(static server => server.Host));
            return HashStrategies.Consistent(servers, function);
        });
        Assert.Empty(asked);
        _source.Name(1, "one");
        await pool.WaitForServersAsync(Token);
        Assert.Equal(["one"], asked);
    }

    [Fact]
    public async Task Another_address_of_a_server_is_taken_without_a_change_of_the_topology()
    {
        await using var pool = Create();
        _source.Give(new ServerListVersion(1, [new("one") { Address = IPAddress.Parse("10.0.0.1") }]));
        await Fleet.UntilAsync(() => pool.TopologyVersion == 2);
        var server = pool.Servers[0];
        Assert.Equal(IPAddress.Parse("10.0.0.1"), server.Address);
        _source.Give(new ServerListVersion(2, [new("one") { Address = IPAddress.Parse("10.0.0.2") }]));
        await Fleet.UntilAsync(() => pool.DiscoveryState!.Version == 2);
        Assert.Equal(IPAddress.Parse("10.0.0.2"), server.Address);
        Assert.Equal(2, pool.TopologyVersion);
    }

    private MemcachedPool Create(Action<MemcachedPoolOptions>? configure = null)
    {
        var options = new MemcachedPoolOptions
        {
            Discovery = _source,
            TimeProvider = _time,
            LoggerFactory = _log,
            ConnectTimeout = TimeSpan.FromMinutes(1),
            OperationTimeout = TimeSpan.FromMinutes(2),
        };
        configure?.Invoke(options);
        return MemcachedPool.InMemory(options);
    }

    private static IEnumerable<string> Names(MemcachedPool pool) => pool.Servers.Select(static server => server.Name);

    private static List<DiscoveryFailedEventArgs> Record(MemcachedPool pool)
    {
        var failures = new List<DiscoveryFailedEventArgs>();
        pool.DiscoveryFailed += (_, failure) => failures.Add(failure);
        return failures;
    }

    private async Task PassUntilAsync(Func<bool> reached, TimeSpan? step = null)
    {
        await Fleet.UntilAsync(() =>
        {
            if (reached())
            {
                return true;
            }

            _time.Advance(step ?? TimeSpan.FromSeconds(1));
            Thread.Sleep(1);
            return reached();
        });
    }

    private sealed class DeafSource : IServerDiscovery, IDisposable
    {
        private readonly ManualResetEventSlim _go = new();
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public Task Left => _left.Task;

        public void Go() => _go.Set();

        public async IAsyncEnumerable<ServerListVersion> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            _entered.SetResult();
            _go.Wait(CancellationToken.None);
            try
            {
                yield return new ServerListVersion(1, [new("late")]);
                await Task.Yield();
            }
            finally
            {
                _left.SetResult();
            }
        }

        public void Dispose() => _go.Dispose();
    }
}
