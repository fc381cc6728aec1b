using System.Diagnostics;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>Each of three real servers is killed and restarted under load.</summary>
[Collection(nameof(RunsAlone))]
public sealed class RestartTests : IDisposable
{
    private const int Callers = 32;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly MemcachedProcess[] _processes = [MemcachedProcess.Start(), MemcachedProcess.Start(), MemcachedProcess.Start()];
    private int _calls;
    private int _failed;
    private int _wrong;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_fail_only_until_the_failover_and_all_clients_agree_on_the_servers()
    {
        await using var pool = Connect();
        await FaultPool.UntilAnsweringAsync(pool);
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(pool, caller, stop.Token), Token)));

        for (var victim = 0; victim < _processes.Length; victim++)
        {
            await CrashAsync(pool, victim);
        }

        await stop.CancelAsync();
        await load.WaitAsync(FaultPool.Patience, Token);
        TestFigures.Report("restart", $"3 crashes under {Callers} callers: {_failed} of {_calls} calls failed, {_wrong} wrong values");
        Assert.Equal(0, _wrong);
        Assert.True(_calls > 1000, $"{_calls} calls are no load");
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }

    private async Task CrashAsync(MemcachedPool pool, int victim)
    {
        var server = pool.Servers[victim];
        _processes[victim].Kill();
        await FaultPool.UntilAsync(() => server.State == ServerState.Failed, "the failed state");
        await Task.Delay(200, Token);
        var failed = Volatile.Read(ref _failed);

        await AssertSameServersAsync(pool);
        Assert.Equal(failed, Volatile.Read(ref _failed));

        _processes[victim].Restart();
        var watch = Stopwatch.StartNew();
        await FaultPool.UntilAsync(() => server.State == ServerState.Connected, "the return of the server");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, RetryInterval + TimeSpan.FromSeconds(5));
        await Task.Delay(200, Token);
        Assert.Equal(failed, Volatile.Read(ref _failed));
    }

    // A client which has never met the server finds what one which lost it has stored elsewhere.
    private async Task AssertSameServersAsync(MemcachedPool pool)
    {
        string[] keys = [.. Enumerable.Range(0, 300).Select(i => $"shared-{i}")];
        foreach (var key in keys)
        {
            await pool.SetAsync(key, key, CacheCodecs.String, cancellationToken: Token);
        }

        await using var other = Connect();
        Assert.Equal(keys.Order(), (await other.GetManyAsync(keys, CacheCodecs.String, Token)).Keys.Order());
        foreach (var key in keys)
        {
            Assert.Equal(key, await other.GetAsync(key, CacheCodecs.String, Token));
        }
    }

    private async Task CallAsync(MemcachedPool pool, int caller, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var key = $"own-{caller}-{i % 100}";
            try
            {
                await pool.SetAsync(key, key, CacheCodecs.String, cancellationToken: CancellationToken.None);
                Interlocked.Add(ref _wrong, (await pool.GetAsync(key, CacheCodecs.String, CancellationToken.None) ?? key) == key ? 0 : 1);
            }
            catch (MemcachedConnectionException)
            {
                Interlocked.Increment(ref _failed);
            }

            Interlocked.Increment(ref _calls);
        }
    }

    private MemcachedPool Connect() =>
        FaultPool.Connect(_processes.Select(process => process.Port), options => options.RetryInterval = RetryInterval);
}
