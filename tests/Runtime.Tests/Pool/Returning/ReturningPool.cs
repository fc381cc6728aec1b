using TypedCache.Values;

namespace TypedCache.Tests.Pool.Returning;

/// <summary>A pool of two servers, of which the first one, the home of <see cref="Key"/>, leaves and returns.</summary>
internal sealed class ReturningPool : IAsyncDisposable
{
    /// <summary>The port of both servers, which telemetry shows.</summary>
    public const int Port = 11212;

    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, ReturningServer> _servers = new() { ["one"] = new(), ["two"] = new() };

    public ReturningPool(Action<MemcachedPoolOptions>? configure = null)
    {
        var options = new MemcachedPoolOptions
        {
            OperationTimeout = Patience,
            ConnectTimeout = Patience,
            RetryInterval = TimeSpan.FromMilliseconds(5),
            Servers = { new MemcachedServerOptions("one", Port), new MemcachedServerOptions("two", Port) },
        };
        configure?.Invoke(options);
        Pool = MemcachedPool.Over(options, server => _servers[server.Host].Connector);
        Key = KeyOfHome(0);
    }

    public MemcachedPool Pool { get; }

    /// <summary>A key of the first server.</summary>
    public string Key { get; }

    /// <summary>The first server, as the pool sees it.</summary>
    public MemcachedServer Home => Pool.Servers[0];

    /// <summary>The first server.</summary>
    public ReturningServer HomeServer => _servers["one"];

    /// <summary>The second server.</summary>
    public ReturningServer OtherServer => _servers["two"];

    /// <summary>One of many keys of the first server.</summary>
    public string KeyOfHome(int number)
    {
        for (var i = 0; ; i++)
        {
            var key = $"key-{i}";
            if (Pool.FindServer(key) == Pool.Servers[0] && number-- == 0)
            {
                return key;
            }
        }
    }

    public ValueTask SetAsync(string value) => Pool.SetAsync(Key, value, CacheCodecs.String);

    public ValueTask<string?> GetAsync() => Pool.GetAsync(Key, CacheCodecs.String);

    /// <summary>The first server cannot be reached, and the pool knows.</summary>
    public Task LeaveAsync() => LeaveAsync(HomeServer, Home);

    /// <inheritdoc cref="LeaveAsync()"/>
    public async Task LeaveAsync(ReturningServer server, MemcachedServer seen)
    {
        server.Leave();
        await UntilAsync(async () =>
        {
            foreach (var reply in await Pool.GetVersionsAsync())
            {
                _ = reply.Answered;
            }

            return seen.State == ServerState.Failed;
        });
    }

    /// <summary>The first server can be reached, and the pool uses it.</summary>
    public Task ReturnAsync() => ReturnAsync(HomeServer, Home);

    /// <inheritdoc cref="ReturnAsync()"/>
    public static Task ReturnAsync(ReturningServer server, MemcachedServer seen)
    {
        server.Return();
        return UntilAsync(() => seen.State == ServerState.Connected, () => seen.LastFailure?.Message);
    }

    public static Task UntilAsync(Func<bool> reached, Func<string?>? reason = null) => UntilAsync(() => Task.FromResult(reached()), reason);

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        HomeServer.Dispose();
        OtherServer.Dispose();
    }

    private static async Task UntilAsync(Func<Task<bool>> reached, Func<string?>? reason = null)
    {
        for (var waited = 0; !await reached(); waited++)
        {
            Assert.True(waited < Patience.TotalMilliseconds, reason?.Invoke() ?? "it has not come about");
            await Task.Delay(1);
        }
    }
}
