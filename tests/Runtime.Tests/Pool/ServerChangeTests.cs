using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;
using TypedCache.Keys;
using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>Servers come and go while a pool runs.</summary>
public sealed class ServerChangeTests : IDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    private readonly List<EmbeddedServer> _embedded = [];
    private readonly List<MemcachedServerOptions> _places = [];

    public ServerChangeTests()
    {
        for (var i = 0; i < 4; i++)
        {
            var server = new EmbeddedServer();
            _embedded.Add(server);
            _places.Add(new MemcachedServerOptions("127.0.0.1", server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port));
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _embedded.ForEach(static server => server.Dispose());

    [Fact]
    public async Task Servers_that_stay_keep_their_object_and_their_connection()
    {
        await using var pool = Connect(0, 1);
        Assert.Equal(1, pool.TopologyVersion);
        await SetAllAsync(pool);
        var (first, second) = (pool.Servers[0], pool.Servers[1]);
        var connections = await ConnectionsAsync(pool);

        await pool.UpdateServersAsync([_places[1] with { Weight = 3 }, _places[2], _places[0]], Token);

        Assert.Equal(2, pool.TopologyVersion);
        Assert.Same(second, pool.Servers[0]);
        Assert.Same(first, pool.Servers[2]);
        Assert.Equal((3, ServerState.Connected), (second.Weight, second.State));
        Assert.Equal(ServerState.Disconnected, pool.Servers[1].State);
        await SetAllAsync(pool);
        Assert.Equal(ServerState.Connected, pool.Servers[1].State);
        var after = await ConnectionsAsync(pool);
        Assert.Equal((connections[first], connections[second]), (after[first], after[second]));
    }

    [Fact]
    public async Task Keys_go_where_a_new_pool_would_send_them()
    {
        await using var pool = Connect(0, 1, 2);
        await pool.UpdateServersAsync([_places[3], _places[1]], Token);
        await using var fresh = Connect(3, 1);

        await SetAllAsync(pool);

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(Names(fresh.Locate($"k{i}").Servers), Names(pool.Locate($"k{i}").Servers));
            Assert.Equal($"v{i}", await fresh.GetAsync($"k{i}", Text, Token));
        }
    }

    [Fact]
    public async Task A_removed_server_drains_and_then_is_let_go()
    {
        await using var pool = Connect(0, 1);
        await SetAllAsync(pool);
        var removed = pool.Servers[0];

        var update = pool.UpdateServersAsync([_places[1]], Token).AsTask();
        Assert.Equal(ServerState.Draining, removed.State);
        await update.WaitAsync(Patience, Token);

        Assert.Equal(ServerState.Removed, removed.State);
        await UntilUnconnectedAsync(server: 0);
        await SetAllAsync(pool);
        await UntilUnconnectedAsync(server: 0);
        removed.Enable();
        removed.Disable();
        Assert.Equal(ServerState.Removed, removed.State);
    }

    [Fact]
    public async Task Changes_are_told_in_order_with_what_is_new_and_what_is_gone()
    {
        await using var pool = Connect(0, 1);
        var told = new List<ServersChangedEventArgs>();
        var all = new TaskCompletionSource();
        pool.ServersChanged += (_, change) =>
        {
            told.Add(change);
            if (change.Version == 4)
            {
                all.SetResult();
            }
        };
        var (first, second) = (pool.Servers[0], pool.Servers[1]);

        await pool.UpdateServersAsync([_places[1], _places[2]], Token);
        await pool.UpdateServersAsync($"{_places[1].Name}, {_places[2].Name}", Token);
        await pool.UpdateServersAsync([_places[2], _places[1]], Token);
        await pool.UpdateServersAsync([_places[2] with { Weight = 2 }, _places[1]], Token);

        await all.Task.WaitAsync(Patience, Token);
        Assert.Equal([2, 3, 4], told.Select(change => change.Version));
        Assert.Equal([first], told[0].Removed);
        Assert.Equal([second, .. told[0].Added], told[0].Servers);
        Assert.Equal(_places[2].Name, Assert.Single(told[0].Added).Name);
        Assert.All(told[1..], change => Assert.Empty(change.Added.Concat(change.Removed)));
        Assert.Equal(pool.Servers, told[2].Servers);
        Assert.InRange(told[0].MovedShare, 0.3, 1);
        Assert.Equal(0, told[1].MovedShare);
        Assert.InRange(told[2].MovedShare, 0.02, 0.5);
    }

    [Fact]
    public async Task A_handler_that_throws_is_reported_and_the_next_one_is_called()
    {
        await using var pool = Connect(0);
        var failed = new TaskCompletionSource<HandlerFailedEventArgs>();
        var called = new TaskCompletionSource();
        pool.ServersChanged += (_, _) => throw new InvalidOperationException("of the handler");
        pool.ServersChanged += (_, _) => called.SetResult();
        pool.HandlerFailed += (_, failure) => failed.SetResult(failure);

        await pool.UpdateServersAsync([_places[1]], Token);

        Assert.Equal(nameof(pool.ServersChanged), (await failed.Task.WaitAsync(Patience, Token)).EventName);
        await called.Task.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task What_is_refused_changes_nothing()
    {
        await using var pool = Connect(0, 1);
        var servers = pool.Servers;

        var empty = await Assert.ThrowsAsync<ArgumentException>(async () => await pool.UpdateServersAsync([], Token));
        Assert.Contains("empty", empty.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await pool.UpdateServersAsync("a:1, ,b:2", Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await pool.UpdateServersAsync([_places[2], new("bad host")], Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await pool.UpdateServersAsync([_places[0] with { Weight = 70_000 }], Token));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await pool.UpdateServersAsync([null!], Token));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await pool.UpdateServersAsync([_places[2]], new CancellationToken(canceled: true)));

        Assert.Same(servers, pool.Servers);
        Assert.Equal((1, 1, 1), (pool.TopologyVersion, servers[0].Weight, servers[1].Weight));
    }

    [Fact]
    public async Task A_disposed_pool_takes_no_servers()
    {
        var pool = Connect(0);
        await pool.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pool.UpdateServersAsync([_places[1]], Token));
        Assert.Throws<ObjectDisposedException>(() => pool.UpdateCredentials(null));
        Assert.Throws<ObjectDisposedException>(() => pool.UpdateTimeLimits(new MemcachedTimeLimits()));
    }

    // Two servers of one place are told apart, and each is kept once.
    [Fact]
    public async Task A_place_may_be_listed_twice_as_in_a_new_pool()
    {
        await using var pool = Connect(0);
        var first = pool.Servers[0];

        await pool.UpdateServersAsync([_places[0], _places[0]], Token);
        Assert.Same(first, pool.Servers[0]);
        Assert.NotSame(first, pool.Servers[1]);
        await pool.UpdateServersAsync([_places[0]], Token);

        Assert.Same(first, Assert.Single(pool.Servers));
        await SetAllAsync(pool);
    }

    [Fact]
    public async Task Changes_at_the_same_time_follow_each_other()
    {
        await using var pool = Connect(0);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(
            async () => await pool.UpdateServersAsync([_places[i % 4], _places[(i + 1) % 4]], Token), Token))).WaitAsync(Patience, Token);

        Assert.InRange(pool.TopologyVersion, 2, 41);
        Assert.All(pool.Servers, server => Assert.InRange((int)server.State, (int)ServerState.Disconnected, (int)ServerState.Failed));
        await SetAllAsync(pool);
    }

    [Fact]
    public async Task A_server_that_comes_back_is_a_new_one_and_its_old_CAS_numbers_do_not_count()
    {
        await using var pool = Connect(0);
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        var read = await pool.GetValueAsync("k", Text, Token);
        var former = pool.Servers[0];

        await pool.UpdateServersAsync([_places[1]], Token);
        await pool.UpdateServersAsync([_places[0]], Token);

        Assert.NotSame(former, pool.Servers[0]);
        Assert.Equal(CasResult.Changed, await pool.CompareAndSetAsync("k", "other", read.Cas, Text, cancellationToken: Token));
        Assert.Equal("v", await pool.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task A_value_that_is_being_created_is_stored_where_its_lease_is_from_before_that_server_goes()
    {
        await using var pool = Connect(0);
        await using var other = Connect(0);
        var gate = new GatedCreate();
        var call = pool.GetOrCreateAsync("k", gate.CreateAsync, Text, GetOrCreateOptions.Default, cancellationToken: Token).AsTask();
        await gate.Started.WaitAsync(Patience, Token);
        var former = pool.Servers[0];

        var update = pool.UpdateServersAsync([_places[1]], Token).AsTask();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal((ServerState.Draining, false), (former.State, update.IsCompleted));
            await Task.Delay(10, Token);
        }

        gate.Return("created");

        Assert.Equal("created", await call.WaitAsync(Patience, Token));
        await update.WaitAsync(Patience, Token);
        Assert.Equal(ServerState.Removed, former.State);
        Assert.Equal("created", await other.GetAsync("k", Text, Token));
        Assert.Null(await pool.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task A_caller_who_waits_for_another_process_gets_its_value_from_the_server_that_goes()
    {
        await using var holder = Connect(0);
        await using var pool = Connect(0);
        var options = new GetOrCreateOptions { LeaseWait = Patience };
        var gate = new GatedCreate();
        var created = holder.GetOrCreateAsync("k", gate.CreateAsync, Text, options, cancellationToken: Token).AsTask();
        await gate.Started.WaitAsync(Patience, Token);
        var waiting = pool.GetOrCreateAsync("k", _ => throw new InvalidOperationException("created twice"), Text, options, cancellationToken: Token).AsTask();
        await Fleet.UntilAsync(() => pool.WaitingForCreation == 1);

        var update = pool.UpdateServersAsync([_places[1]], Token).AsTask();
        gate.Return("of the other");

        Assert.Equal("of the other", await waiting.WaitAsync(Patience, Token));
        Assert.Equal("of the other", await created.WaitAsync(Patience, Token));
        await update.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task A_lease_is_given_back_to_the_server_that_gave_it_when_its_create_fails()
    {
        await using var pool = Connect(0);
        await using var other = Connect(0);
        var gate = new GatedCreate();
        var call = pool.GetOrCreateAsync("k", gate.CreateAsync, Text, new GetOrCreateOptions { LeaseTime = Forever }, cancellationToken: Token).AsTask();
        await gate.Started.WaitAsync(Patience, Token);

        var update = pool.UpdateServersAsync([_places[1]], Token).AsTask();
        gate.Throw(new InvalidDataException());

        await Assert.ThrowsAsync<InvalidDataException>(() => call);
        await update.WaitAsync(Patience, Token);
        var next = other.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), Text, new GetOrCreateOptions { LeaseWait = Forever }, cancellationToken: Token);
        Assert.Equal("v", await next.AsTask().WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task A_create_that_takes_too_long_keeps_no_connection_and_its_callers_get_the_value()
    {
        await using var pool = Connect(0);
        pool.LongestDrain = 1;
        var gate = new GatedCreate();
        var call = pool.GetOrCreateAsync("k", gate.CreateAsync, Text, GetOrCreateOptions.Default, cancellationToken: Token).AsTask();
        await gate.Started.WaitAsync(Patience, Token);

        await pool.UpdateServersAsync([_places[1]], Token).AsTask().WaitAsync(Patience, Token);
        await UntilUnconnectedAsync(server: 0);
        gate.Return("late");

        Assert.Equal("late", await call.WaitAsync(Patience, Token));
        await using var other = Connect(0);
        Assert.Null(await other.GetAsync("k", Text, Token));
    }

    // It accepts the connection, by its queue, and says nothing.
    [Fact]
    public async Task A_call_under_way_keeps_its_server_until_its_own_time_is_over()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var pool = MemcachedPool.Connect(new MemcachedPoolOptions
        {
            Servers = { new MemcachedServerOptions("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port) },
            OperationTimeout = Patience,
            ConnectTimeout = Patience,
        });
        pool.LongestDrain = 1;
        var former = pool.Servers[0];
        var call = pool.GetAsync("k", Text, Token).AsTask();

        var update = pool.UpdateServersAsync([_places[1]], Token).AsTask();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal((ServerState.Draining, false, false), (former.State, call.IsCompleted, update.IsCompleted));
            await Task.Delay(10, Token);
        }

        await pool.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.WaitAsync(Patience, Token));
        await update.WaitAsync(Patience, Token);
    }

    // The other process creates nothing; who waits for it goes to the new server, and creates there.
    [Fact]
    public async Task A_caller_who_waits_for_another_process_for_too_long_goes_on_with_the_new_servers()
    {
        await using var holder = Connect(0);
        await using var pool = Connect(0);
        pool.LongestDrain = 1;
        var options = new GetOrCreateOptions { LeaseTime = Forever, LeaseWait = Forever };
        var gate = new GatedCreate();
        var created = holder.GetOrCreateAsync("k", gate.CreateAsync, Text, options, cancellationToken: Token).AsTask();
        await gate.Started.WaitAsync(Patience, Token);
        var waiting = pool.GetOrCreateAsync("k", _ => ValueTask.FromResult("mine"), Text, options, cancellationToken: Token).AsTask();
        await Fleet.UntilAsync(() => pool.WaitingForCreation == 1);

        await pool.UpdateServersAsync([_places[1]], Token).AsTask().WaitAsync(Patience, Token);

        Assert.Equal("mine", await waiting.WaitAsync(Patience, Token));
        Assert.Equal("mine", await pool.GetAsync("k", Text, Token));
        gate.Return("of the other");
        Assert.Equal("of the other", await created.WaitAsync(Patience, Token));
    }

    // Its keys are enumerated for so long that the servers are gone before anything is sent.
    [Theory]
    [InlineData("get")]
    [InlineData("set")]
    [InlineData("delete")]
    [InlineData("create")]
    public async Task What_a_batch_has_not_sent_when_its_server_is_closed_goes_to_those_that_there_are_then(string operation)
    {
        await using var pool = Connect(0, 1);
        await pool.UpdateServersAsync([_places[2], _places[3]], Token);
        await SetAllAsync(pool);
        await pool.UpdateServersAsync([_places[0], _places[1]], Token);
        var keys = KeysWhile(() => Task.Run(async () => await pool.UpdateServersAsync([_places[2], _places[3]], Token), Token).Wait(Patience, Token));

        switch (operation)
        {
            case "get":
                Assert.Equal(200, (await pool.GetManyAsync(keys, Text, Token)).Count);
                break;
            case "set":
                await pool.SetManyAsync(keys.Select(key => KeyValuePair.Create(key, "other")), Text, cancellationToken: Token);
                Assert.All(await pool.GetManyAsync(KeysWhile(() => true), Text, Token), found => Assert.Equal("other", found.Value));
                break;
            case "delete":
                Assert.Equal(200, await pool.DeleteManyAsync(keys, Token));
                break;
            default:
                var found = await pool.GetOrCreateManyAsync(
                    keys, 0, static (ref writer, _, key) => writer.AppendWhole(key), KeyPolicy.Reject, (_, _) => throw new InvalidOperationException("they are there"), Text, GetOrCreateOptions.Default, cancellationToken: Token);
                Assert.Equal(200, found.Count);
                break;
        }
    }

    [Fact]
    public async Task The_wait_for_removed_servers_can_be_cancelled_and_the_change_stays()
    {
        await using var pool = Connect(0);
        var gate = new GatedCreate();
        var call = pool.GetOrCreateAsync("k", gate.CreateAsync, Text, GetOrCreateOptions.Default, cancellationToken: Token).AsTask();
        await gate.Started.WaitAsync(Patience, Token);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var update = pool.UpdateServersAsync([_places[1]], enough.Token).AsTask();

        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => update);
        Assert.Equal(2, pool.TopologyVersion);
        gate.Return("v");
        Assert.Equal("v", await call.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task A_pool_that_is_disposed_waits_for_no_server_that_drains()
    {
        var pool = Connect(0);
        var gate = new GatedCreate();
        var call = pool.GetOrCreateAsync("k", gate.CreateAsync, Text, GetOrCreateOptions.Default, cancellationToken: Token).AsTask();
        await gate.Started.WaitAsync(Patience, Token);
        var update = pool.UpdateServersAsync([_places[1]], Token).AsTask();

        await pool.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.WaitAsync(Patience, Token));
        await update.WaitAsync(Patience, Token);
        await UntilUnconnectedAsync(server: 0);
    }

    [Fact]
    public async Task A_failed_server_that_is_removed_is_not_probed_any_more()
    {
        var time = new FakeTimeProvider();
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { Servers = { _places[0], _places[1] }, TimeProvider = time });
        await SetAllAsync(pool);
        _embedded[0].Dispose();
        var failed = pool.Servers[0];
        await Fleet.UntilAsync(() => failed.State != ServerState.Connected);
        await SetAllAsync(pool);
        Assert.Equal(ServerState.Failed, failed.State);
        var reports = 0;
        pool.ServerFailed += (_, _) => reports++;

        await pool.UpdateServersAsync([_places[1]], Token).AsTask().WaitAsync(Patience, Token);
        var last = failed.LastFailure;
        time.Advance(TimeSpan.FromHours(1));
        await SetAllAsync(pool);

        Assert.Equal(ServerState.Removed, failed.State);
        Assert.Same(last, failed.LastFailure);
        Assert.Equal(0, reports);
    }

    [Fact]
    public async Task Embedded_servers_come_and_go_too()
    {
        await using var pool = MemcachedPool.InMemory(2);
        await SetAllAsync(pool);
        var first = pool.Servers[0];

        await pool.UpdateServersAsync("embedded-1:11211, more:1", Token);

        Assert.Same(first, pool.Servers[0]);
        await SetAllAsync(pool);
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal($"v{i}", await pool.GetAsync($"k{i}", Text, Token));
        }

        Assert.All(await pool.GetVersionsAsync(Token), reply => Assert.True(reply.Answered));
    }

    [Fact]
    public async Task Copies_go_to_as_many_servers_as_there_are_then()
    {
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { Servers = { _places[0] }, Redundancy = 2 });
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);

        await pool.UpdateServersAsync([_places[0], _places[1]], Token);
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);

        foreach (var server in new[] { 0, 1 })
        {
            await using var alone = Connect(server);
            Assert.Equal("v", await alone.GetAsync("k", Text, Token));
        }
    }

    // The options belong to the caller, who may use them for the next pool.
    [Fact]
    public async Task What_happens_to_the_options_afterwards_does_not_reach_the_pool()
    {
        var options = new MemcachedPoolOptions { Servers = { _places[0] } };
        await using var pool = MemcachedPool.Connect(options);
        options.Servers.Clear();
        options.HashStrategy = null!;
        options.Tls = new MemcachedTlsOptions();
        options.Credentials = new MemcachedCredentials("u", "p");
        options.OperationTimeout = TimeSpan.FromTicks(1);

        await pool.UpdateServersAsync([_places[0], _places[1]], Token);
        await SetAllAsync(pool);

        Assert.Equal(TimeSpan.FromSeconds(1), pool.TimeLimits.OperationTimeout);
        Assert.All(pool.Servers, server => Assert.Equal(ServerState.Connected, server.State));
    }

    private MemcachedPool Connect(params int[] servers)
    {
        var options = new MemcachedPoolOptions { OperationTimeout = Patience, ConnectTimeout = Patience };
        foreach (var server in servers)
        {
            options.Servers.Add(_places[server]);
        }

        return MemcachedPool.Connect(options);
    }

    // But for the one who asks.
    private async Task UntilUnconnectedAsync(int server)
    {
        await using var asking = Connect(server);
        for (var waited = Stopwatch.StartNew(); (await asking.GetStatsAsync(cancellationToken: Token))[0].Value!["curr_connections"] != "1";)
        {
            Assert.True(waited.Elapsed < Patience, "the connections have not been closed");
            await Task.Delay(5, Token);
        }
    }

    private static IEnumerable<string> KeysWhile(Func<bool> middle)
    {
        for (var i = 0; i < 200; i++)
        {
            Assert.True(i != 100 || middle());
            yield return $"k{i}";
        }
    }

    private static IEnumerable<string> Names(IEnumerable<MemcachedServer> servers) => servers.Select(server => server.Name);

    private static async Task SetAllAsync(MemcachedPool pool)
    {
        for (var i = 0; i < 200; i++)
        {
            await pool.SetAsync($"k{i}", $"v{i}", Text, cancellationToken: Token);
        }
    }

    private static async Task<Dictionary<MemcachedServer, string>> ConnectionsAsync(MemcachedPool pool) =>
        (await pool.GetStatsAsync(cancellationToken: Token)).ToDictionary(reply => reply.Server, reply => reply.Value!["total_connections"]);
}
