using System.Diagnostics;
using TypedCache.Values;

namespace TypedCache.Testing.Tests;

/// <summary>Each fault, and what a client does under it.</summary>
public sealed class FaultTests
{
    private const string Key = "shop:product:42";

    private static readonly Product Lamp = new("Lamp", 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_down_is_replaced_by_another_one_and_comes_back_with_its_items()
    {
        await using var cluster = new TestCluster(servers: 3);
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        await shop.SetProductAsync(42, Lamp, Token);
        var home = cluster.ServerOf(Key);

        home.Down();
        Assert.False(home.IsReachable);
        Assert.Null(await shop.GetProductAsync(42, Token));
        Assert.NotEqual(home.Name, cluster.Calls[^1].Server);

        home.Up();
        await cluster.ReconnectAsync();
        Assert.Equal(Lamp, await shop.GetProductAsync(42, Token));
        Assert.Equal(home.Name, cluster.Calls[^1].Server);
    }

    [Fact]
    public async Task A_pool_finds_a_server_that_is_up_again_by_the_clock()
    {
        await using var cluster = new TestCluster();
        var pool = cluster.Connect(options => options.RetryInterval = TimeSpan.FromSeconds(15));
        IShopCache shop = pool.CreateClient<IShopCache>();
        await shop.SetProductAsync(42, Lamp, Token);
        cluster.Servers[0].Down();
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await shop.GetProductAsync(42, Token));
        cluster.Servers[0].Up();

        cluster.Advance("15s");
        for (var waited = Stopwatch.StartNew(); pool.Servers[0].State == ServerState.Failed; await Task.Delay(1, Token))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "the server is not used again");
        }

        Assert.Equal(Lamp, await shop.GetProductAsync(42, Token));
    }

    [Fact]
    public async Task Without_another_server_a_read_throws_or_misses_as_the_pool_says()
    {
        await using var cluster = new TestCluster();
        IShopCache strict = cluster.Connect().CreateClient<IShopCache>();
        IShopCache lenient = cluster.Connect(options => options.OnServerFailure = ServerFailurePolicy.Miss).CreateClient<IShopCache>();
        await strict.SetProductAsync(42, Lamp, Token);
        Assert.Equal(Lamp, await lenient.GetProductAsync(42, Token));

        cluster.Servers[0].Down();

        var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await strict.GetProductAsync(42, Token));
        Assert.Contains("TestServer.Down was called", failure.Message, StringComparison.Ordinal);
        Assert.Null(await lenient.GetProductAsync(42, Token));
    }

    [Fact]
    public async Task Calls_that_fail_are_answered_by_creating()
    {
        await using var cluster = new TestCluster(servers: 3);
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        var creator = new Creator();
        await shop.SetProductAsync(42, Lamp, Token);
        cluster.ServerOf(Key).FailNext(3);

        for (var call = 1; call <= 3; call++)
        {
            Assert.Equal(call, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
        }

        Assert.Equal(Lamp, await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token));
        Assert.Equal(3, creator.Count);
        Assert.Equal(3, cluster.Calls.Count(static call => call.Answer == CallAnswer.Lost));
    }

    [Fact]
    public async Task Calls_that_fail_throw_where_nothing_can_be_created()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        cluster.Servers[0].FailNext(calls: 2, keys: "shop:product:*");
        await shop.IncrementViewsAsync(42, cancellationToken: Token);

        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await shop.SetProductAsync(42, Lamp, Token));
        cluster.AssertNotStored(Key);
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await shop.GetProductAsync(42, Token));
        await shop.SetProductAsync(42, Lamp, Token);
        cluster.AssertStored(Key);
    }

    [Fact]
    public async Task A_refusal_says_what_the_server_has_said()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        cluster.Servers[0].RefuseNext(message: "out of memory storing object");

        var failure = await Assert.ThrowsAsync<MemcachedServerException>(async () => await shop.SetProductAsync(42, Lamp, Token));

        Assert.Contains("out of memory storing object", failure.Message, StringComparison.Ordinal);
        Assert.Empty(cluster.Items);
        await shop.SetProductAsync(42, Lamp, Token);
    }

    [Fact]
    public async Task A_late_reply_comes_when_the_clock_has_been_advanced()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        await shop.SetProductAsync(42, Lamp, Token);
        cluster.Servers[0].Delay("300ms");

        var call = shop.GetProductAsync(42, Token).AsTask();
        await cluster.Calls.WaitForAsync(CallKind.Get, Key, cancellationToken: Token);
        cluster.Advance("299ms");
        Assert.False(call.IsCompleted);
        cluster.Advance("1ms");
        Assert.Equal(Lamp, await call);
    }

    [Fact]
    public async Task A_reply_that_is_too_late_is_a_timeout()
    {
        await using var cluster = new TestCluster();
        var pool = cluster.Connect(options => options.OperationTimeout = TimeSpan.FromMilliseconds(200));
        IShopCache shop = pool.CreateClient<IShopCache>();
        await shop.SetProductAsync(42, Lamp, Token);
        cluster.Servers[0].DelayNext(1, "300ms");

        var call = shop.GetProductAsync(42, Token).AsTask();
        await cluster.Calls.WaitForAsync(CallKind.Get, Key, cancellationToken: Token);
        cluster.Advance("10s");

        var failure = await Assert.ThrowsAsync<MemcachedTimeoutException>(() => call);
        Assert.Contains("within 200 ms", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("get shop:product:42: hit, 18 bytes (300ms late, DelayNext)", cluster.Calls[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_in_time_is_read_however_far_the_clock_goes()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var cluster = new TestCluster();
            IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
            await shop.SetProductAsync(42, Lamp, Token);
            cluster.Servers[0].DelayNext(1, "999ms");

            var call = shop.GetProductAsync(42, Token).AsTask();
            await cluster.Calls.WaitForAsync(CallKind.Get, Key, cancellationToken: Token);
            cluster.Advance("10m");
            Assert.Equal(Lamp, await call);
        }
    }

    [Fact]
    public async Task Each_pool_times_out_by_its_own_limit()
    {
        await using var cluster = new TestCluster();
        IShopCache hasty = cluster.Connect(options => options.OperationTimeout = TimeSpan.FromMilliseconds(200)).CreateClient<IShopCache>();
        IShopCache patient = cluster.Connect().CreateClient<IShopCache>();
        await hasty.SetProductAsync(42, Lamp, Token);
        await patient.SetProductAsync(42, Lamp, Token);
        cluster.Servers[0].DelayNext(2, "300ms");

        var one = hasty.GetProductAsync(42, Token).AsTask();
        var other = patient.GetProductAsync(42, Token).AsTask();
        await cluster.Calls.WaitForAsync(CallKind.Get, Key, times: 2, Token);
        cluster.Advance("10s");

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => one);
        Assert.Equal(Lamp, await other);
    }

    [Fact]
    public async Task A_late_reply_before_one_that_never_comes_holds_the_clock_up_no_longer()
    {
        await using var cluster = new TestCluster();
        var pool = cluster.Connect();
        IShopCache shop = pool.CreateClient<IShopCache>();
        await shop.SetProductAsync(42, Lamp, Token);
        cluster.Servers[0].DelayNext(1, "300ms");
        cluster.Servers[0].Hang();
        var late = shop.GetProductAsync(42, Token).AsTask();
        var lost = shop.GetProductAsync(42, Token).AsTask();
        await cluster.Calls.WaitForAsync(CallKind.Get, Key, times: 2, Token);

        // It returns because nothing is under way: Advance throws when its patience ends.
        cluster.Advance("1s");
        Assert.Equal(Lamp, await late);
        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => lost);
        Assert.Equal(ServerState.Connected, pool.Servers[0].State);

        // The server has been silent for a whole limit since its last reply.
        cluster.Advance("300ms");
        Assert.Equal(ServerState.Failed, pool.Servers[0].State);
    }

    [Fact]
    public async Task A_call_that_waits_to_be_sent_does_not_time_out_while_the_clock_goes_on()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var cluster = new TestCluster();
            IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
            for (var call = 0; call < 5; call++)
            {
                // The first of them waits for the connection too.
                var read = shop.GetProductAsync(42, Token).AsTask();
                cluster.Advance("1h");
                Assert.Null(await read);
            }
        }
    }

    [Fact]
    public async Task Connections_are_closed_while_others_go_on_calling()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => CallUntilAsync(shop, end.Token), Token)).ToArray();

        for (var round = 0; round < 50; round++)
        {
            // A connection that was closed before it was ready counts as refused.
            await cluster.ReconnectAsync();
            cluster.Calls.Clear();
            await cluster.Calls.WaitForAsync(CallKind.Get, Key, times: 8, Token);
            cluster.Servers[0].Disconnect();
            cluster.Servers[0].Restart();
        }

        await end.CancelAsync();
        await Task.WhenAll(callers);
        Assert.Null(await shop.GetProductAsync(42, Token));
    }

    [Fact]
    public async Task A_pool_that_was_disposed_is_not_waited_for()
    {
        await using var cluster = new TestCluster(servers: 2);
        var first = cluster.Connect(static options => options.KeyPrefix = "app:");
        IShopCache shop = first.CreateClient<IShopCache>();
        await shop.SetProductAsync(42, Lamp, Token);
        var home = cluster.ServerOf(Key);
        home.Down();
        Assert.Null(await shop.GetProductAsync(42, Token));
        Assert.Equal(ServerState.Failed, first.Servers.Single(server => server.Name == home.Name).State);
        await first.DisposeAsync();

        home.Up();
        await cluster.ReconnectAsync();

        // Keys are looked for by the settings that it had.
        Assert.Equal(home, cluster.ServerOf(Key));
        Assert.Equal("app:" + Key, cluster.AssertStored(Key).Key);
    }

    [Fact]
    public async Task A_server_that_hangs_costs_one_time_limit_and_is_then_left_out()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        var creator = new Creator();
        await shop.SetProductAsync(42, Lamp, Token);
        cluster.Servers[0].Hang();

        var call = shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token).AsTask();
        await cluster.Calls.WaitForAsync(CallKind.Get, Key, cancellationToken: Token);
        Assert.Equal(0, creator.Count);
        Assert.Equal("no reply, Hang", cluster.Calls[^1].Fault);
        cluster.Advance("1s");
        Assert.Equal(1, (await call).Price);

        // Nobody waits for it any more.
        Assert.Equal(2, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);

        cluster.Recover();
        await cluster.ReconnectAsync();
        Assert.Equal(2, creator.Count);
    }

    [Fact]
    public async Task A_cut_reply_leaves_open_whether_the_call_was_carried_out()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        cluster.Servers[0].CutNextReply();
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await shop.SetProductAsync(42, Lamp, Token));
        cluster.AssertStored(Key);

        cluster.Servers[0].CutNextReply(bytes: 12);
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await shop.GetProductAsync(42, Token));
        Assert.Equal("reply cut after 12 of ", cluster.Calls[^1].Fault![..22]);
        Assert.Equal(Lamp, await shop.GetProductAsync(42, Token));
    }

    [Fact]
    public async Task A_restarted_server_is_empty_and_stores_nothing_under_a_lease_from_before()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        var creator = new Creator();
        creator.Block();
        var call = shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token).AsTask();
        await cluster.Calls.WaitForAsync(CallKind.Get, Key, cancellationToken: Token);
        Assert.Equal(1ul, Assert.Single(cluster.Items).Cas);

        cluster.Servers[0].Restart();
        Assert.Empty(cluster.Items);
        await shop.SetProductAsync(41, Lamp, Token);
        await shop.SetProductAsync(42, Lamp, Token);
        Assert.Equal([1ul, 2ul], cluster.Items.Select(static item => item.Cas).Order());
        creator.Unblock();

        Assert.Equal(1, (await call).Price);
        await cluster.Calls.WaitForAsync(CallKind.Release, Key, cancellationToken: Token);
        cluster.Calls.AssertCalls(CallKind.CompareAndSet, Key, times: 0);
        Assert.Equal(Lamp, await shop.GetProductAsync(42, Token));
    }

    [Fact]
    public async Task An_evicted_value_is_created_once_again()
    {
        await using var cluster = new TestCluster(servers: 3);
        IShopCache shop = cluster.Connect(static options => options.KeyPrefix = "app:").CreateClient<IShopCache>();
        var creator = new Creator();
        await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token);
        await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token);

        Assert.True(cluster.Evict(Key));
        Assert.False(cluster.Evict(Key));

        Assert.Equal(2, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
        Assert.Equal("app:" + Key, cluster.AssertStored(Key).Key);
        cluster.EvictAll();
        Assert.Empty(cluster.Items);
    }

    [Fact]
    public async Task Bytes_that_cannot_be_read_are_an_error_or_are_created_anew()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        var creator = new Creator();
        cluster.Store(Key, "no product"u8, flags: 0, TimeSpan.FromMinutes(15));

        await Assert.ThrowsAsync<CacheValueException>(async () => await shop.GetProductAsync(42, Token));
        Assert.Equal(1, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
        Assert.Equal(1, (await shop.GetProductAsync(42, Token))!.Price);
    }

    [Fact]
    public async Task Recover_ends_all_that_was_scripted()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        cluster.Servers[0].Delay(TimeSpan.FromSeconds(1));
        cluster.Servers[0].FailNext(1000);
        var call = shop.SetProductAsync(42, Lamp, Token).AsTask();
        await cluster.Calls.WaitForAsync(CallKind.Set, Key, cancellationToken: Token);
        Assert.False(call.IsCompleted);

        cluster.Recover();

        await call;
        Assert.Equal(Lamp, await shop.GetProductAsync(42, Token));
    }

    private static async Task CallUntilAsync(IShopCache shop, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await shop.GetProductAsync(42, CancellationToken.None);
            }
            catch (MemcachedException)
            {
                // Its connection was closed.
            }
        }
    }
}
