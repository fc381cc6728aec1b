using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Integration.Tests.Connecting;
using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Real servers that are sick.</summary>
public sealed class SickProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stores_of_a_server_that_is_full_go_to_another_and_its_reads_go_on_after_its_return()
    {
        using var full = MemcachedProcess.Start("-M", "-m", "2");
        using var empty = MemcachedProcess.Start();
        var time = new FakeTimeProvider();
        await using var pool = FaultPool.Connect([full.Port, empty.Port], options =>
        {
            options.TimeProvider = time;
            options.SickServers = new SickServerOptions();
        });
        var keys = Enumerable.Range(0, 1_000_000).Select(static i => $"k{i}").Where(key => pool.FindServer(key).Name == full.Address).Take(20_000).ToList();
        var server = pool.Servers[0];
        var value = new byte[4000];
        new Random(1).NextBytes(value);

        // Until it is full, and then until that is enough.
        var stored = new List<string>();
        var next = 0;
        for (; next < keys.Count && !server.IsSick; next++)
        {
            try
            {
                await pool.SetAsync(keys[next], value, CacheCodecs.Bytes, cancellationToken: Token);
                stored.Add(keys[next]);
            }
            catch (MemcachedServerException refused)
            {
                Assert.True(refused.IsOutOfMemory, refused.Message);
            }
        }

        Assert.True(server.IsSick, "the server never was full");
        Assert.Contains("out of memory", server.LastFailure!.Message, StringComparison.Ordinal);
        var moved = keys[next];
        await pool.SetAsync(moved, value, CacheCodecs.Bytes, cancellationToken: Token);
        Assert.Equal(value, await pool.GetAsync(moved, CacheCodecs.Bytes, Token));

        // It has no memory for the probe either.
        var before = server.LastFailure;
        time.Advance(TimeSpan.FromSeconds(1));
        await FaultPool.UntilAsync(() => !ReferenceEquals(server.LastFailure, before), "a probe");
        Assert.Contains("is still sick: it answered 'SERVER_ERROR out of memory", server.LastFailure!.Message, StringComparison.Ordinal);

        // Somebody else makes room.
        await using (var other = FaultPool.Connect([full.Port]))
        {
            Assert.Equal(100, await other.DeleteManyAsync(stored.Take(100), Token));
        }

        await FaultPool.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return server.State == ServerState.Connected;
            },
            "the return of the server");
        Assert.Equal(value, await pool.GetAsync(stored[100], CacheCodecs.Bytes, Token));
        await pool.SetAsync(moved, value, CacheCodecs.Bytes, cancellationToken: Token);
        Assert.False(server.IsSick);

        // Nothing is left of the probe.
        await using var direct = FaultPool.Connect([full.Port]);
        Assert.Null(await direct.GetAsync("typedcache:probe:0", CacheCodecs.Bytes, Token));
    }

    [Fact]
    public async Task A_proxy_whose_server_is_gone_is_taken_out_until_that_is_back()
    {
        using var behind = MemcachedProcess.Start();
        using var proxy = TwemproxyProcess.Start(behind);
        using var well = MemcachedProcess.Start();
        await using var pool = FaultPool.Connect([proxy.Port, well.Port], options =>
        {
            options.RetryInterval = TimeSpan.FromMilliseconds(200);
            options.SickServers = new SickServerOptions();
        });
        var server = pool.Servers[0];
        var key = Enumerable.Range(0, 1000).Select(static i => $"k{i}").First(key => pool.FindServer(key) == server);
        await pool.SetAsync(key, "v", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("v", await pool.GetAsync(key, CacheCodecs.String, Token));

        behind.Kill();
        for (var waited = 0; !server.IsSick && waited < 5000; waited++)
        {
            try
            {
                await pool.GetAsync(key, CacheCodecs.String, Token);
            }
            catch (MemcachedException)
            {
                // It says so, or hangs up.
            }
        }

        Assert.True(server.IsSick, $"{server}: {server.LastFailure?.Message}");
        Assert.Null(await pool.GetAsync(key, CacheCodecs.String, Token));

        behind.Restart();
        await FaultPool.UntilAsync(() => server.State == ServerState.Connected, "the return of the proxy");
        await pool.SetAsync(key, "w", CacheCodecs.String, cancellationToken: Token);
        await using var direct = FaultPool.Connect([behind.Port]);
        Assert.Equal("w", await direct.GetAsync(key, CacheCodecs.String, Token));
    }

    [Fact]
    public async Task A_server_that_stops_and_goes_on_all_the_time_keeps_nobody_waiting_for_ever()
    {
        using var flapping = MemcachedProcess.Start();
        using var well = MemcachedProcess.Start();
        await using var pool = FaultPool.Connect([flapping.Port, well.Port], options =>
        {
            options.OperationTimeout = TimeSpan.FromMilliseconds(100);
            options.RetryInterval = TimeSpan.FromMilliseconds(200);
            options.SickServers = new SickServerOptions { Window = TimeSpan.FromSeconds(1) };
        });
        using var stop = new CancellationTokenSource();
        var outages = 0;
        pool.ServerFailed += (_, _) => Interlocked.Increment(ref outages);
        var callers = Enumerable.Range(0, 16).Select(i => Task.Run(() => CallAsync(pool, $"caller{i}", stop.Token), Token)).ToList();

        try
        {
            // Often enough for both: silence with and without replies that are due for long.
            for (var i = 0; i < 400 && (i < 40 || outages < 2); i++)
            {
                flapping.Suspend();
                await Task.Delay(60 + (60 * (i % 4)), Token);
                flapping.Resume();
                await Task.Delay(10 + (20 * (i % 3)), Token);
            }
        }
        finally
        {
            flapping.Resume();
        }

        await FaultPool.UntilAsync(() => pool.Servers.All(static server => server.State != ServerState.Failed), "the return of the server");
        await stop.CancelAsync();
        var calls = await Task.WhenAll(callers).WaitAsync(FaultPool.Patience, Token);
        Assert.True(outages >= 2, $"{outages} outages");
        Assert.All(calls, static answered => Assert.NotEqual(0, answered));
    }

    // Every value has its key in it.
    private static async Task<int> CallAsync(MemcachedPool pool, string name, CancellationToken stop)
    {
        var answered = 0;
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{name}-{i % 50}");
            try
            {
                await pool.SetAsync(key, key, CacheCodecs.String);
                Assert.Equal(key, await pool.GetAsync(key, CacheCodecs.String) ?? key);
                answered++;
            }
            catch (MemcachedConnectionException)
            {
                // It was the flapping one.
            }
        }

        return answered;
    }
}
