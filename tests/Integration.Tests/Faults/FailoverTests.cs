using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Three real servers, one of which crashes and comes back.</summary>
public sealed class FailoverTests : IDisposable
{
    private readonly MemcachedProcess[] _processes = [MemcachedProcess.Start(), MemcachedProcess.Start(), MemcachedProcess.Start()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Keys { get; } = [.. Enumerable.Range(0, 300).Select(i => $"k{i}")];

    [Fact]
    public async Task Keys_of_a_crashed_server_go_to_the_others_and_come_back_after_its_restart()
    {
        await using var pool = Connect();
        await StoreAsync(pool);
        var crashed = pool.Servers[1];
        string[] moved = [.. Keys.Where(key => pool.FindServer(key) == crashed)];
        string[] stayed = [.. Keys.Except(moved)];
        Assert.True(moved.Length > 20, $"only {moved.Length} keys live on the server");

        _processes[1].Kill();
        await FaultPool.UntilAsync(() => crashed.State != ServerState.Connected, "the end of the connection");

        // Missed at first, since another server has them now; nothing throws.
        Assert.Equal(stayed.Order(), (await pool.GetManyAsync(Keys, CacheCodecs.String, Token)).Keys.Order());
        Assert.Equal(ServerState.Failed, crashed.State);
        await StoreAsync(pool);
        await AssertAllThereAsync(pool);

        _processes[1].Restart();
        await FaultPool.UntilAsync(() => crashed.State == ServerState.Connected, "the return of the server");
        Assert.Equal(stayed.Order(), (await pool.GetManyAsync(Keys, CacheCodecs.String, Token)).Keys.Order());
        await StoreAsync(pool);
        await AssertAllThereAsync(pool);
    }

    [Fact]
    public async Task Keys_of_a_crashed_server_fail_where_failover_is_off()
    {
        await using var pool = Connect(options => options.AllowFailover = false);
        await StoreAsync(pool);
        var crashed = pool.Servers[1];
        _processes[1].Kill();
        await FaultPool.UntilAsync(() => crashed.State != ServerState.Connected, "the end of the connection");

        foreach (var key in Keys)
        {
            if (pool.FindServer(key) == crashed)
            {
                var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.GetAsync(key, CacheCodecs.String, Token));
                Assert.Equal(crashed.Name, failure.Server);
            }
            else
            {
                Assert.Equal(key, await pool.GetAsync(key, CacheCodecs.String, Token));
            }
        }
    }

    [Fact]
    public async Task A_crash_under_load_gives_no_wrong_value_and_all_calls_end()
    {
        await using var pool = Connect();
        await StoreAsync(pool);
        using var stop = new CancellationTokenSource();
        var wrong = 0;
        Task[] workers = [.. Enumerable.Range(0, 32).Select(worker => Task.Run(async () =>
        {
            for (var i = worker; !stop.IsCancellationRequested; i++)
            {
                var key = Keys[i % Keys.Length];
                try
                {
                    wrong += await pool.GetAsync(key, CacheCodecs.String) is { } value && value != key ? 1 : 0;
                    await pool.SetAsync(key, key, CacheCodecs.String);
                }
                catch (MemcachedConnectionException)
                {
                    // What was under way when the server crashed.
                }
            }
        }))];

        for (var round = 0; round < 3; round++)
        {
            await Task.Delay(100, Token);
            _processes[round].Kill();
            await Task.Delay(100, Token);
            _processes[round].Restart();
        }

        await stop.CancelAsync();
        await Task.WhenAll(workers).WaitAsync(FaultPool.Patience, Token);
        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task Batches_go_to_the_servers_that_stand_in_for_one_that_has_died()
    {
        await using var pool = Connect();
        await StoreAsync(pool);
        string[] stayed = [.. Keys.Where(key => pool.FindServer(key) != pool.Servers[1])];
        Assert.InRange(stayed.Length, 1, Keys.Length - 1);
        _processes[1].Kill();
        await FaultPool.UntilAsync(() => pool.Servers[1].State != ServerState.Connected, "the end of the connection");

        Assert.Equal(stayed.Order(), (await pool.ExistsManyAsync(Keys, Token)).Order());
        Assert.Equal(stayed.Order(), (await pool.TouchManyAsync(Keys, TimeSpan.FromHours(1), Token)).Order());
        Assert.Equal(Keys.Except(stayed).Order(), (await pool.AddManyAsync(Keys.Select(key => KeyValuePair.Create(key, key)), CacheCodecs.String, cancellationToken: Token)).Order());
        var read = await pool.GetManyValuesAsync(Keys, CacheCodecs.String, Token);
        var results = await pool.CompareAndSetManyAsync(read, CacheCodecs.String, cancellationToken: Token);
        Assert.All(results, result => Assert.Equal(CasResult.Stored, result.Value));
        Assert.Equal(Keys.Length, results.Count);
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }

    private static async Task StoreAsync(MemcachedPool pool)
    {
        foreach (var key in Keys)
        {
            await pool.SetAsync(key, key, CacheCodecs.String, cancellationToken: Token);
        }
    }

    private static async Task AssertAllThereAsync(MemcachedPool pool)
    {
        var found = await pool.GetManyAsync(Keys, CacheCodecs.String, Token);
        Assert.Equal(Keys.Order(), found.Keys.Order());
        foreach (var key in Keys)
        {
            Assert.Equal(key, await pool.GetAsync(key, CacheCodecs.String, Token));
        }
    }

    private MemcachedPool Connect(Action<MemcachedPoolOptions>? configure = null) =>
        FaultPool.Connect(_processes.Select(process => process.Port), options =>
        {
            options.RetryInterval = TimeSpan.FromMilliseconds(100);
            configure?.Invoke(options);
        });
}
