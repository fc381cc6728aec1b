using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Servers that are connected and fail their callers. The pool's clock stands still unless the test moves it, and so no probe comes by itself.</summary>
public sealed class SickServerTests : IDisposable
{
    private const int Enough = 25;

    private readonly FakeTimeProvider _time = new();
    private readonly SickServer _sick = new();
    private readonly SickServer _well = new();

    // The longest time until the first probe.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _sick.Dispose();
        _well.Dispose();
    }

    [Fact]
    public async Task A_server_that_refuses_most_calls_is_taken_out_and_comes_back()
    {
        await using var pool = Connect();
        var failed = new TaskCompletionSource<ServerFailedEventArgs>();
        pool.ServerFailed += (_, happened) => failed.TrySetResult(happened);
        var key = KeyOf(pool, _sick);
        _sick.Refuse = static _ => "SERVER_ERROR busy";

        await RefusedAsync(pool, key, Enough);
        var server = await UntilOutAsync(pool);
        Assert.Contains("calls in the last 10 s failed: 0 timed out, ", server.LastFailure!.Message, StringComparison.Ordinal);
        Assert.Contains("'SERVER_ERROR busy'", server.LastFailure.Message, StringComparison.Ordinal);
        Assert.Same(server, (await failed.Task.WaitAsync(FaultPool.Patience, Token)).Server);

        Assert.Contains("is sick: ", (await pool.PingAsync(Token))[0].Error!.Message, StringComparison.Ordinal);

        // Its keys are another's now.
        var (asked, moved) = (_sick.Count(key), _well.Count(key));
        Assert.Null(await pool.GetAsync(key, CacheCodecs.String, Token));
        Assert.Equal((asked, moved + 1), (_sick.Count(key), _well.Count(key)));

        await StaysOutAsync(server, "SERVER_ERROR busy");
        _sick.Heal();
        await UntilBackAsync(server);
        Assert.Null(await pool.GetAsync(key, CacheCodecs.String, Token));
        Assert.Equal((asked + 1, moved + 1), (_sick.Count(key), _well.Count(key)));
    }

    [Fact]
    public async Task The_counts_begin_anew_when_it_is_back_and_its_probes_go_on_getting_rarer()
    {
        await using var pool = Connect();
        var key = KeyOf(pool, _sick);
        var refuses = true;
        _sick.Refuse = request => refuses && request.Words[1] == key ? "SERVER_ERROR busy" : null;

        // Each return is a mistake: the probe asks for another key than the one that fails.
        for (var longest = FirstDelay; longest <= 32 * FirstDelay; longest *= 2)
        {
            await RefusedAsync(pool, key, 19);
            Assert.Null(await pool.GetAsync(KeyOf(pool, _well), CacheCodecs.String, Token));
            Assert.Equal(ServerState.Connected, pool.Servers[0].State);
            await RefusedAsync(pool, key, 6);
            await ReturnsAsync(await UntilOutAsync(pool), longest);
        }

        // Well for longer than the window: what comes then is another illness.
        _time.Advance(TimeSpan.FromSeconds(11));
        await RefusedAsync(pool, key, Enough);
        await ReturnsAsync(await UntilOutAsync(pool), FirstDelay);
        refuses = false;
    }

    [Fact]
    public async Task A_server_that_sends_but_does_not_answer_in_time_is_taken_out()
    {
        await using var pool = Connect(options => options.OperationTimeout = TimeSpan.FromSeconds(1));
        var key = KeyOf(pool, _sick);
        _sick.Drips = static _ => true;

        var calls = Enumerable.Range(0, Enough).Select(_ => Assert.ThrowsAnyAsync<MemcachedConnectionException>(() => pool.GetAsync(key, CacheCodecs.String, Token).AsTask()));
        Assert.All(await Task.WhenAll(calls), failure => Assert.IsType<MemcachedTimeoutException>(failure));
        var server = await UntilOutAsync(pool);
        Assert.Contains(" timed out, 0 were refused", server.LastFailure!.Message, StringComparison.Ordinal);

        // A probe that begins to be answered is not answered either.
        await StaysOutAsync(server, "");
        _sick.Heal();
        await UntilBackAsync(server);
    }

    [Fact]
    public async Task A_server_without_memory_is_taken_out_though_it_answers_reads()
    {
        await using var pool = Connect(options => options.KeyPrefix = "shop:");
        var key = KeyOf(pool, _sick);
        var value = new byte[777];
        new Random(1).NextBytes(value);
        _sick.Refuse = static request => request.Words[0] == "ms" ? SickServer.OutOfMemory : null;

        for (var i = 0; i < Enough && !pool.Servers[0].IsSick; i++)
        {
            for (var read = 0; read < 10; read++)
            {
                Assert.Null(await pool.GetAsync(key, CacheCodecs.Bytes, Token));
            }

            await TryAsync<MemcachedServerException>(async () => await pool.SetAsync(key, value, CacheCodecs.Bytes, cancellationToken: Token), failure => Assert.True(failure.IsOutOfMemory));
        }

        var server = await UntilOutAsync(pool);
        Assert.Contains(" stores in the last 10 s failed: it was out of memory.", server.LastFailure!.Message, StringComparison.Ordinal);
        await pool.SetAsync(key, value, CacheCodecs.Bytes, cancellationToken: Token);
        Assert.Contains(_well.Requests, request => request.Line.StartsWith($"ms shop:{key} ", StringComparison.Ordinal));

        // The probe stores as much as could not be stored, under no key of the application, and takes it away again.
        await StaysOutAsync(server, SickServer.OutOfMemory);
        _sick.Heal();
        await UntilBackAsync(server);
        Assert.Contains(_sick.Requests, static request => request.Line.StartsWith("ms shop:typedcache:probe:0 777 T", StringComparison.Ordinal));
        Assert.Contains(_sick.Requests, static request => request.Line == "md shop:typedcache:probe:2");
    }

    [Fact]
    public async Task A_server_that_refuses_one_verb_stays_where_most_calls_are_others()
    {
        await using var pool = Connect();
        var key = KeyOf(pool, _sick);
        _sick.Refuse = static request => request.Words[0] == "ma" ? "SERVER_ERROR busy" : null;
        for (var i = 0; i < 3 * Enough; i++)
        {
            Assert.Null(await pool.GetAsync(key, CacheCodecs.String, Token));
            Assert.Null(await pool.GetAsync(key, CacheCodecs.String, Token));
            await Assert.ThrowsAsync<MemcachedServerException>(() => pool.IncrementAsync(key, 1, Token).AsTask());
        }

        await AssertStaysAsync(pool);
    }

    [Fact]
    public async Task A_server_that_refuses_the_verb_of_most_calls_is_probed_with_it()
    {
        await using var pool = Connect();
        var key = KeyOf(pool, _sick);
        _sick.Refuse = static request => request.Words[0] == "ma" ? "SERVER_ERROR busy" : null;
        for (var i = 0; i < Enough; i++)
        {
            await TryAsync<MemcachedServerException>(async () => await pool.IncrementAsync(key, 1, Token));
        }

        await StaysOutAsync(await UntilOutAsync(pool), "SERVER_ERROR busy");
        Assert.Contains(_sick.Requests, static request => request.Line == "ma typedcache:handshake");
    }

    [Fact]
    public async Task What_is_wrong_with_calls_takes_no_server_out()
    {
        await using var pool = Connect();
        var key = KeyOf(pool, _sick);
        string[] answers =
        [
            "SERVER_ERROR object too large for cache", "CLIENT_ERROR cannot increment or decrement non-numeric value", "SERVER_ERROR Command not supported",
        ];
        foreach (var answer in answers)
        {
            _sick.Refuse = _ => answer;
            for (var i = 0; i < Enough; i++)
            {
                await Assert.ThrowsAsync<MemcachedServerException>(() => pool.IncrementAsync(key, 1, Token).AsTask());
            }
        }

        _sick.Heal();
        await AssertStaysAsync(pool);
    }

    [Fact]
    public async Task Callers_that_leave_take_no_server_out()
    {
        await using var pool = Connect();
        var key = KeyOf(pool, _sick);
        for (var i = 0; i < Enough; i++)
        {
            using var leaving = new CancellationTokenSource();
            _sick.Refuse = _ =>
            {
                leaving.Cancel();
                return "SERVER_ERROR busy";
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.GetAsync(key, CacheCodecs.String, leaving.Token).AsTask());
        }

        _sick.Heal();
        await AssertStaysAsync(pool);
    }

    [Fact]
    public async Task A_server_that_hangs_up_again_and_again_is_taken_out()
    {
        await using var pool = Connect();
        var key = KeyOf(pool, _sick);
        _sick.HangsUp = static _ => true;
        for (var i = 0; i < 2 * Enough && !pool.Servers[0].IsSick; i++)
        {
            await TryAsync<MemcachedConnectionException>(async () => await pool.GetAsync(key, CacheCodecs.String, Token));
        }

        var server = await UntilOutAsync(pool);
        Assert.Contains(" were lost.", server.LastFailure!.Message, StringComparison.Ordinal);
        await StaysOutAsync(server, "");
        _sick.Heal();
        await UntilBackAsync(server);
    }

    [Fact]
    public async Task Many_calls_that_are_lost_with_one_connection_take_no_server_out()
    {
        await using var pool = Connect();
        var key = KeyOf(pool, _sick);
        Assert.Null(await pool.GetAsync(key, CacheCodecs.String, Token));
        var asked = 0;
        _sick.Drips = static _ => true;
        _sick.HangsUp = _ => Interlocked.Increment(ref asked) == 4 * Enough;
        var calls = Enumerable.Range(0, 4 * Enough).Select(_ => Assert.ThrowsAnyAsync<MemcachedException>(() => pool.GetAsync(key, CacheCodecs.String, Token).AsTask()));
        await Task.WhenAll(calls).WaitAsync(FaultPool.Patience, Token);

        _sick.Heal();
        await AssertStaysAsync(pool);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public async Task A_sick_network_does_not_empty_the_pool(int count, int taken)
    {
        SickServer[] servers = [.. Enumerable.Range(0, count).Select(_ => new SickServer { Refuse = static _ => "SERVER_ERROR busy" })];
        try
        {
            var log = new SickLog();
            await using var pool = FaultPool.Connect(servers.Select(server => server.Port), options => Configure(options, logs: log));
            for (var i = 0; i < 50 * count * Enough && log.KeptSick.Count < count - taken; i++)
            {
                await TryAsync<MemcachedServerException>(async () => await pool.GetAsync($"k{i}", CacheCodecs.String, Token));
                Assert.InRange(pool.Servers.Count(static server => server.IsSick), 0, taken);
            }

            await FaultPool.UntilAsync(() => log.KeptSick.Count >= count - taken, "the log");
            Assert.Equal(taken, pool.Servers.Count(static server => server.IsSick));
            Assert.All(log.KeptSick, static message => Assert.Matches("^server .* is sick: .* It stays in use, because too many servers are out of use.$", message));
        }
        finally
        {
            Array.ForEach(servers, static server => server.Dispose());
        }
    }

    [Fact]
    public async Task A_connection_for_large_values_that_is_slow_is_left_alone_with_them()
    {
        // Random, so that it cannot be compressed.
        var large = new byte[100_000];
        new Random(1).NextBytes(large);
        await using var pool = Connect(options => options.OperationTimeout = TimeSpan.FromSeconds(1));
        var (small, key) = (KeyOf(pool, _sick), KeyOf(pool, _sick, skip: 1));
        await pool.SetAsync(key, large, CacheCodecs.Bytes, cancellationToken: Token);
        for (var i = 0; i < 5 * Enough; i++)
        {
            Assert.Null(await pool.GetAsync(small, CacheCodecs.Bytes, Token));
        }

        _sick.Drips = request => request.Words[1] == key;
        var calls = Enumerable.Range(0, Enough).Select(_ => Assert.ThrowsAsync<MemcachedTimeoutException>(() => pool.GetAsync(key, CacheCodecs.Bytes, Token).AsTask()));
        await Task.WhenAll(calls);
        await FaultPool.UntilAsync(() => pool.Servers[0].Links.Last().IsSick, "the end of the connection");
        _sick.Heal();

        var connections = _sick.Accepted;
        Assert.Null(await pool.GetAsync(key, CacheCodecs.Bytes, Token));
        Assert.Null(await pool.GetAsync(small, CacheCodecs.Bytes, Token));
        Assert.Equal((connections, 0), (_sick.Accepted, _well.Requests.Count));
        Assert.Equal((ServerState.Connected, false), (pool.Servers[0].State, pool.Servers[0].IsSick));

        _time.Advance(TimeSpan.FromSeconds(1));
        await FaultPool.UntilAsync(() => pool.Servers[0].Links.Last().IsUsable, "another connection for large values");
    }

    [Fact]
    public async Task Metrics_tell_it_from_one_that_cannot_be_reached()
    {
        await using var pool = Connect();
        var types = new ConcurrentQueue<object?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == TypedCacheTelemetry.Instruments.ServerFailures)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var all = new Dictionary<string, object?>(tags.ToArray());
            if (Equals(all[TypedCacheTelemetry.Attributes.ServerPort], _sick.Port))
            {
                types.Enqueue(all[TypedCacheTelemetry.Attributes.ErrorType]);
            }
        });
        listener.Start();
        _sick.Refuse = static _ => "SERVER_ERROR busy";

        await RefusedAsync(pool, KeyOf(pool, _sick), Enough);
        await UntilOutAsync(pool);

        await FaultPool.UntilAsync(() => !types.IsEmpty, "the measurement");
        Assert.Equal("sick", Assert.Single(types));
    }

    [Fact]
    public async Task An_operator_may_bring_it_back_untested()
    {
        await using var pool = Connect(options => options.RetryInterval = Timeout.InfiniteTimeSpan);
        var key = KeyOf(pool, _sick);
        _sick.Refuse = static _ => "SERVER_ERROR busy";
        await RefusedAsync(pool, key, Enough);
        var server = await UntilOutAsync(pool);
        _time.Advance(TimeSpan.FromDays(1));

        server.Enable();

        Assert.False(server.IsSick);
        await RefusedAsync(pool, key, 1);
        Assert.Equal(ServerState.Connected, server.State);
    }

    private static void Configure(MemcachedPoolOptions options, TimeProvider? time = null, ILoggerFactory? logs = null)
    {
        options.SickServers = new SickServerOptions();
        options.TimeProvider = time ?? new FakeTimeProvider();
        options.LoggerFactory = logs;
    }

    private static async Task RefusedAsync(MemcachedPool pool, string key, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            await TryAsync<MemcachedServerException>(async () => await pool.GetAsync(key, CacheCodecs.String, Token));
        }
    }

    // Once the server is out, another one answers.
    private static async Task TryAsync<T>(Func<Task> call, Action<T>? check = null)
        where T : Exception
    {
        try
        {
            await call();
        }
        catch (T failure)
        {
            check?.Invoke(failure);
        }
    }

    private static async Task<MemcachedServer> UntilOutAsync(MemcachedPool pool)
    {
        var server = pool.Servers[0];
        await FaultPool.UntilAsync(() => server.IsSick && server.State == ServerState.Failed, "the end of the sick server");
        Assert.Contains($"{server.Name} is sick: ", server.LastFailure!.Message, StringComparison.Ordinal);
        return server;
    }

    private async Task UntilBackAsync(MemcachedServer server)
    {
        await FaultPool.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(server.State == ServerState.Connected ? 0 : 5));
                return server.State == ServerState.Connected;
            },
            "the return of the server");
        Assert.False(server.IsSick);
    }

    // A delay is half random: the probe is due in the second half of the longest one, and not before.
    private async Task ReturnsAsync(MemcachedServer server, TimeSpan longest)
    {
        _time.Advance((longest / 2) - TimeSpan.FromMilliseconds(1));
        Assert.Equal((ServerState.Failed, true), (server.State, server.IsSick));
        _time.Advance((longest / 2) + TimeSpan.FromMilliseconds(2));
        await FaultPool.UntilAsync(() => server.State == ServerState.Connected, "the return of the server");
        Assert.False(server.IsSick);
    }

    private async Task StaysOutAsync(MemcachedServer server, string reason)
    {
        for (var probe = 0; probe < 2; probe++)
        {
            var before = server.LastFailure;
            _time.Advance(TimeSpan.FromSeconds(1));
            await FaultPool.UntilAsync(() => !ReferenceEquals(server.LastFailure, before), "a probe");
            Assert.Contains(reason, server.LastFailure!.Message, StringComparison.Ordinal);
            Assert.Contains("is still sick: ", server.LastFailure.Message, StringComparison.Ordinal);
            Assert.Equal((ServerState.Failed, true), (server.State, server.IsSick));
        }
    }

    // Any failure that was counted would be judged with one more that is.
    private async Task AssertStaysAsync(MemcachedPool pool)
    {
        await Task.Delay(100, Token);
        Assert.Null(await pool.GetAsync(KeyOf(pool, _sick), CacheCodecs.String, Token));
        Assert.Equal((ServerState.Connected, false, 0), (pool.Servers[0].State, pool.Servers[0].IsSick, _well.Requests.Count));
    }

    private MemcachedPool Connect(Action<MemcachedPoolOptions>? configure = null) => FaultPool.Connect([_sick.Port, _well.Port], options =>
    {
        Configure(options, _time);
        configure?.Invoke(options);
    });

    private static string KeyOf(MemcachedPool pool, SickServer server, int skip = 0) =>
        Enumerable.Range(0, 1000).Select(static i => $"k{i}").Where(key => pool.FindServer(key).Name == server.Address).Skip(skip).First();

    private sealed class SickLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> KeptSick { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId is { Id: 20, Name: "ServerIsKeptSick" })
            {
                KeptSick.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
