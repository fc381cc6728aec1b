using System.Net;
using System.Net.Sockets;
using TypedCache.Embedded;
using TypedCache.Hashing;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Tests.Pool;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Transport;

/// <summary>Whatever is thrown in the background, by the system or by what an application has plugged in: things go on afterwards.</summary>
public sealed class BackgroundFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_is_used_again_after_any_exception_of_its_probes()
    {
        using var server = new EmbeddedServer();
        var connector = new FaultyConnector(server);
        using var loops = new ReplyLoops(1);
        using var link = Link(connector, loops);
        using var heartbeat = new Heartbeat([link], loops);
        connector.Faults = 5;

        await Assert.ThrowsAsync<MemcachedConnectionException>(() => DeleteAsync(link));

        await UntilUsableAsync(link);
        Assert.Equal(0, connector.Faults);
    }

    // As a proxy it would be spoken to in the classic protocol, without leases and fences.
    [Fact]
    public async Task A_server_which_is_restarted_during_the_handshake_is_not_taken_for_a_proxy()
    {
        using var server = new EmbeddedServer();
        var connector = new FaultyConnector(server) { HangUps = 1 };
        using var loops = new ReplyLoops(1);
        using var link = Link(connector, loops);
        using var heartbeat = new Heartbeat([link], loops);
        await DeleteAsync(link);
        Assert.NotNull(link.Version);

        // One that is known may hang up more often.
        connector.HangUps = 5;
        connector.Last!.Close();
        await UntilAsync(() => Task.FromResult(link.State != ServerState.Connected));
        await UntilUsableAsync(link);
        Assert.Equal(0, connector.HangUps);
        Assert.NotNull(link.Version);
    }

    [Fact]
    public async Task Who_waits_for_a_connection_hears_of_its_failure_whatever_the_one_throws_who_watches_for_it()
    {
        using var server = new EmbeddedServer();
        var connector = new FaultyConnector(server) { Faults = 1 };
        using var loops = new ReplyLoops(1);
        using var link = Link(connector, loops);
        using var heartbeat = new Heartbeat([link], loops);
        connector.Gate.Reset();
        link.Failed = static _ => throw new InvalidOperationException("thrown by the test");
        var waiting = Enumerable.Range(0, 5).Select(_ => DeleteAsync(link)).ToArray();
        connector.Gate.Set();

        foreach (var call in waiting)
        {
            await Assert.ThrowsAsync<MemcachedConnectionException>(() => call.WaitAsync(Patience, Token));
        }

        await UntilUsableAsync(link);
    }

    // Its time tells when the next probe is due, in the heartbeat too.
    [Fact]
    public async Task A_server_is_probed_although_the_clock_has_thrown()
    {
        using var servers = new SharedServers(1);
        var clock = new FaultyClock();
        await using var pool = servers.Connect(new MemcachedPoolOptions { RetryInterval = Retry, TimeProvider = clock });
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        clock.Throws = true;
        servers.Stop(0);
        await UntilAsync(async () => !await SucceedsAsync(pool) && pool.Servers[0].State == ServerState.Failed);
        await UntilAsync(() => Task.FromResult(clock.Thrown > 3));
        clock.Throws = false;
        servers.Restart(0);

        await UntilAsync(() => SucceedsAsync(pool));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Connections_are_made_anew_when_a_reader_cannot_wait(int connections)
    {
        using var servers = new SharedServers(connections);
        var pollers = new FaultyPollers();
        using var loops = new ReplyLoops(1, pollers.Create);
        var links = servers.Addresses.Select(address => Link(new SocketConnector(address), loops)).ToArray();
        using var heartbeat = new Heartbeat(links, loops);
        for (var round = 0; round < 5; round++)
        {
            foreach (var link in links)
            {
                await UntilUsableAsync(link);
            }

            pollers.ThrowOnce();
            await UntilAsync(async () => await FailsAsync(links[round % links.Length]) || pollers.HasThrown);
        }

        Array.ForEach(links, link => link.Dispose());
        Assert.True(pollers.HasThrown);
    }

    [Fact]
    public async Task Who_waits_is_told_when_the_search_for_another_server_throws()
    {
        using var servers = new SharedServers(2);
        var strategy = new FaultyStrategy();
        await using var pool = servers.Connect(new MemcachedPoolOptions { RetryInterval = Retry, HashStrategy = (_, _) => strategy });
        servers.Stop(0);
        strategy.ThrowsAfter = 5;
        var calls = Enumerable.Range(0, 5).Select(_ => Task.Run(() => pool.ExistsAsync("k", Token).AsTask(), Token)).ToArray();

        await Task.WhenAll(calls.Select(call => call.ContinueWith(static _ => { }, TaskScheduler.Default))).WaitAsync(Patience, Token);
        strategy.ThrowsAfter = int.MaxValue;
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        servers.Restart(0);
        await UntilAsync(async () => await SucceedsAsync(pool) && pool.Servers[0].State == ServerState.Connected);
    }

    [Fact]
    public async Task A_caller_goes_on_whose_context_takes_nothing_any_more_and_so_does_the_reader()
    {
        using var servers = new SharedServers(1);
        await using var pool = servers.Connect();
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        var context = new ClosedContext();
        var calls = Enumerable.Range(0, 20).Select(_ => Within(context, async () => await pool.GetAsync("k", CacheCodecs.String, Token))).ToArray();

        Assert.All(await Task.WhenAll(calls).WaitAsync(Patience, Token), value => Assert.Equal("v", value));
        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Token));
    }

    private static ServerLink Link(ChannelConnector connector, ReplyLoops loops) => new(
        "faulty:1",
        connector,
        new LinkSettings(Patience, Retry, new ConnectionLimits(Patience, 1_000_000, 1_000_000), MemcachedProtocol.Auto, credentials: null, TimeProvider.System),
        loops);

    private static async Task<bool> DeleteAsync(ServerLink link)
    {
        var operation = new StatusOperation { Deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds };
        operation.Begin(Verb.Delete, "k"u8);
        var answer = operation.AsBoolean().AsTask();
        link.Send(operation);
        return await answer;
    }

    private static async Task<bool> FailsAsync(ServerLink link)
    {
        try
        {
            await DeleteAsync(link);
            return false;
        }
        catch (MemcachedConnectionException)
        {
            return true;
        }
    }

    private static Task UntilUsableAsync(ServerLink link) => UntilAsync(async () => !await FailsAsync(link));

    private static async Task<bool> SucceedsAsync(MemcachedPool pool)
    {
        try
        {
            await pool.ExistsAsync("k", Token);
            return true;
        }
        catch (MemcachedException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !await reached();)
        {
            Assert.True(waited.Elapsed < Patience, "what was waited for did not come");
            await Task.Delay(1, Token);
        }
    }

    private static Task<T> Within<T>(SynchronizationContext context, Func<Task<T>> call)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            return call();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Throws what no connector should, a number of times.</summary>
    private sealed class FaultyConnector(EmbeddedServer server) : ChannelConnector
    {
        private int _faults;

        /// <summary>How many channels end before they answer.</summary>
        public int HangUps { get; set; }

        /// <summary>The last channel which did not.</summary>
        public ByteChannel? Last { get; private set; }

        public ManualResetEventSlim Gate { get; } = new(true);

        public int Faults
        {
            get => Volatile.Read(ref _faults);
            set => Volatile.Write(ref _faults, value);
        }

        public override ByteChannel Open(ConnectDeadline deadline)
        {
            Gate.Wait(Patience);
            if (Interlocked.Decrement(ref _faults) >= 0)
            {
                throw new InvalidOperationException("thrown by the test");
            }

            Volatile.Write(ref _faults, 0);
            if (HangUps > 0)
            {
                HangUps--;
                var ended = new ScriptedChannel();
                ended.Close();
                return ended;
            }

            return Last = server.Connect();
        }
    }

    private sealed class FaultyClock : TimeProvider
    {
        private int _thrown;

        public volatile bool Throws;

        public int Thrown => Volatile.Read(ref _thrown);

        public override long GetTimestamp()
        {
            if (!Throws)
            {
                return base.GetTimestamp();
            }

            Interlocked.Increment(ref _thrown);
            throw new InvalidOperationException("thrown by the test");
        }
    }

    private sealed class FaultyStrategy : IHashStrategy
    {
        private int _left = int.MaxValue;

        public int ThrowsAfter
        {
            set => Volatile.Write(ref _left, value);
        }

        public int Find(ReadOnlySpan<byte> key) => Interlocked.Decrement(ref _left) < 0 ? throw new InvalidOperationException("thrown by the test")
            : key.SequenceEqual("k"u8) ? 0 : 1;
    }

    private sealed class ClosedContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new InvalidOperationException("thrown by the test");
    }

    private sealed class FaultyPollers
    {
        private int _faults;
        private int _thrown;

        public bool HasThrown => Volatile.Read(ref _thrown) > 0;

        public void ThrowOnce()
        {
            Volatile.Write(ref _thrown, 0);
            Volatile.Write(ref _faults, 1);
        }

        public Poller Create() => new FaultyPoller(Poller.Create(), this);

        private sealed class FaultyPoller(Poller poller, FaultyPollers owner) : Poller
        {
            public override void Add(Socket socket, ServerConnection connection) => poller.Add(socket, connection);

            public override void WatchRoom(Socket socket, ServerConnection connection, bool watches) => poller.WatchRoom(socket, connection, watches);

            public override void Remove(Socket socket, ServerConnection connection) => poller.Remove(socket, connection);

            public override void Wait(List<ReadyConnection> ready, int timeout)
            {
                if (Interlocked.Exchange(ref owner._faults, 0) == 1)
                {
                    Volatile.Write(ref owner._thrown, 1);
                    throw new InvalidOperationException("thrown by the test");
                }

                poller.Wait(ready, timeout);
            }

            public override void Wake() => poller.Wake();

            public override void Dispose() => poller.Dispose();
        }
    }
}
