using System.Diagnostics;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Tests.Creation;

/// <summary>Pools which share real servers, as the processes of a fleet do. Time is real.</summary>
internal sealed class Fleet(int servers = 1, MemcachedProtocol protocol = MemcachedProtocol.Auto) : IAsyncDisposable
{
    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MemcachedProcess[] _servers = [.. Enumerable.Range(0, servers).Select(_ => MemcachedProcess.Start())];
    private readonly List<MemcachedPool> _pools = [];

    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>The servers.</summary>
    public IReadOnlyList<MemcachedProcess> Servers => _servers;

    /// <summary>One more process.</summary>
    public MemcachedPool Join(Action<MemcachedPoolOptions>? configure = null)
    {
        var options = new MemcachedPoolOptions
        {
            Servers = [.. _servers.Select(server => new MemcachedServerOptions("127.0.0.1", server.Port))],
            OperationTimeout = Patience,
            ConnectTimeout = Patience,
            Protocol = protocol,
        };
        configure?.Invoke(options);
        var pool = MemcachedPool.Connect(options);
        _pools.Add(pool);
        return pool;
    }

    /// <summary>A process which has a server to itself that needs no thread of the pool.</summary>
    public MemcachedPool JoinAlone() => Join();

    public void Stop(int server) => _servers[server].Kill();

    public void Restart(int server) => _servers[server].Restart();

    /// <summary>Waits for a call.</summary>
    public Task<T> PassTimeAsync<T>(Task<T> call) => call.WaitAsync(Patience, Time, TestContext.Current.CancellationToken);

    /// <summary>Waits for something which may need time.</summary>
    public Task PassTimeUntilAsync(Func<bool> reached) => WaitAsync(reached, Time);

    /// <summary>Waits for something.</summary>
    public static Task UntilAsync(Func<bool> reached) => WaitAsync(reached, TimeProvider.System);

    /// <summary>The clock goes on by itself.</summary>
    public async Task RunClockAsync(Random random, CancellationToken done) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, Time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            pool.Dispose();
        }

        foreach (var server in _servers)
        {
            server.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static async Task WaitAsync(Func<bool> reached, TimeProvider time)
    {
        var waited = Stopwatch.StartNew();
        while (!reached())
        {
            Assert.True(waited.Elapsed < Patience, "what was waited for did not come");
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, TestContext.Current.CancellationToken);
        }
    }
}
