using Microsoft.Extensions.Time.Testing;
using TypedCache.Tests.Pool;

namespace TypedCache.Tests.Creation;

/// <summary>Pools which share embedded servers and a clock, as the processes of a fleet do.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly SharedServers _servers;
    private readonly MemcachedProtocol _protocol;
    private MemcachedPool? _alone;

    public Fleet(int servers = 1, MemcachedProtocol protocol = MemcachedProtocol.Auto)
    {
        _protocol = protocol;
        _servers = new SharedServers(servers, Time);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(55));

    /// <summary>One more process.</summary>
    public MemcachedPool Join(Action<MemcachedPoolOptions>? configure = null)
    {
        var options = new MemcachedPoolOptions { TimeProvider = Time, OperationTimeout = Patience, ConnectTimeout = Patience, Protocol = _protocol };
        configure?.Invoke(options);
        return _servers.Connect(options);
    }

    /// <summary>A process which has a server to itself that needs no thread of the pool. Its time is real.</summary>
    public MemcachedPool JoinAlone() => _alone ??= MemcachedPool.InMemory(configure: static options => options.OperationTimeout = options.ConnectTimeout = Patience);

    public void Stop(int server) => _servers.Stop(server);

    public void Restart(int server) => _servers.Restart(server);

    public void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets the clock go on until a call has ended.</summary>
    public async Task<T> PassTimeAsync<T>(Task<T> call)
    {
        await PassTimeUntilAsync(() => call.IsCompleted);
        return await call;
    }

    /// <summary>Lets the clock go on until something has happened.</summary>
    public Task PassTimeUntilAsync(Func<bool> reached) => WaitAsync(reached, () => Time.Advance(Step));

    /// <summary>Waits for something which needs no time on the clock.</summary>
    public static Task UntilAsync(Func<bool> reached) => WaitAsync(reached, static () => { });

    /// <summary>Lets the clock go on, now and then by leaps.</summary>
    public async Task RunClockAsync(Random random, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            Advance(random.Next(100) == 0 ? random.NextDouble() * 3 : Step.TotalSeconds);
            await Task.Delay(1, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync()
    {
        _servers.Dispose();
        _alone?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task WaitAsync(Func<bool> reached, Action pass)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!reached())
        {
            Assert.True(waited.Elapsed < Patience, "what was waited for did not come");
            pass();
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
