using TypedCache.Tests.Creation;
using TypedCache.Tests.Pool.Returning;
using TypedCache.Values;

namespace TypedCache.Tests.Telemetry;

/// <summary>Makes every instrument speak, with every attribute.</summary>
internal static class TelemetryScenario
{
    public static readonly KeyTemplate Template = new("shop", "product:{id}");

    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromSeconds(10), Stale = TimeSpan.FromSeconds(100) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Runs it.</summary>
    /// <param name="probe">Who listens; it is asked while the pools live.</param>
    public static async Task RunAsync(MeterProbe probe)
    {
        await using var fleet = new Fleet(servers: 2);
        var (one, two) = (fleet.Join(TellAll), fleet.Join());
        await one.SetAsync("k", "text", CacheCodecs.String, cancellationToken: Token, template: Template);
        await one.GetManyAsync(["k", "l"], CacheCodecs.String, Token, Template);
        await Assert.ThrowsAsync<CacheValueException>(() => one.GetAsync("k", CacheCodecs.Int32, Token, Template).AsTask());
        await Assert.ThrowsAsync<InvalidDataException>(() => CreateAsync(one, "failing", _ => throw new InvalidDataException()).AsTask());
        await WaitForAnotherAsync(fleet, one, two);
        probe.Observe();
        await Fleet.UntilAsync(() =>
        {
            // Servers are asked in the background.
            probe.Observe();
            return probe.Of(TypedCacheTelemetry.Instruments.ServerReads).Any();
        });
        await LoseServersAsync(fleet, one);
    }

    /// <summary>Attempts to connect to what never answers.</summary>
    public static async Task TimeOutAsync()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var options = new MemcachedPoolOptions { ConnectTimeout = TimeSpan.FromMilliseconds(50) };
        options.Servers.Add(new MemcachedServerOptions("127.0.0.1", ((System.Net.IPEndPoint)silent.LocalEndpoint).Port));
        await using var pool = MemcachedPool.Connect(options);
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => pool.GetAsync("k", CacheCodecs.String, Token).AsTask());
    }

    /// <summary>Lets servers miss more deletes than are kept.</summary>
    public static async Task MissDeletesAsync()
    {
        await using var returning = new ReturningPool(static options => options.MaxMissedDeletes = 1);
        await returning.LeaveAsync();
        await returning.Pool.DeleteAsync(returning.Key, Token);
        await returning.Pool.DeleteAsync(returning.KeyOfHome(1), Token);
        await returning.ReturnAsync();
    }

    /// <summary>Keeps a value in the process.</summary>
    /// <param name="probe">Who listens; it is asked while the pool lives.</param>
    public static async Task KeepNearAsync(MeterProbe probe)
    {
        await using var pool = MemcachedPool.InMemory(1, static options => options.Telemetry.PoolName = "keeping");
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await pool.GetAsync("k", CacheCodecs.String, new NearOptions { Duration = TimeSpan.FromSeconds(2), SharesValues = true }, Token, Template);
        probe.Observe();
    }

    /// <summary>Audits hits: one differs, and one fails.</summary>
    public static async Task AuditAsync()
    {
        using var scene = new AuditScene();
        await scene.GetAsync("old");
        await scene.GetAsync("new");
        await scene.UntilAsync("mismatch 1");
        await scene.GetAsync(static _ => throw new InvalidDataException());
        await scene.UntilAsync("error 1, mismatch 1");
    }

    /// <summary>Moves values to other servers, and looks for some that there are not.</summary>
    /// <param name="probe">Who listens; it is asked while the pool lives.</param>
    public static async Task MoveAsync(MeterProbe probe)
    {
        await using var pool = MemcachedPool.InMemory(1, static options => options.Telemetry.PoolName = "moving");
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        _ = pool.UpdateServersAsync("embedded-2", new ServerChangeOptions { Prepare = TimeSpan.Zero, WarmUp = TimeSpan.FromHours(1) }, Token).AsTask();
        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Token));
        Assert.Null(await pool.GetAsync("none", CacheCodecs.String, Token));
        probe.Observe();
    }

    private static void TellAll(MemcachedPoolOptions options)
    {
        options.Telemetry.Sizes = true;
        options.Telemetry.ServerStatistics = TimeSpan.FromSeconds(10);
    }

    private static async Task WaitForAnotherAsync(Fleet fleet, MemcachedPool one, MemcachedPool two)
    {
        var create = new GatedCreate();
        var holder = CreateAsync(one, "made", create.CreateAsync).AsTask();
        await create.Started;
        var waiting = CreateAsync(two, "made", _ => throw new InvalidOperationException("the other one creates")).AsTask();
        await Fleet.UntilAsync(() => two.WaitingForCreation == 1);
        create.Return("made");
        await holder;
        await fleet.PassTimeAsync(waiting);
    }

    private static async Task LoseServersAsync(Fleet fleet, MemcachedPool pool)
    {
        pool.ServerFailed += (_, _) => throw new InvalidOperationException("a handler's own fault");
        var home = pool.FindServer("k");
        fleet.Stop(home == pool.Servers[0] ? 0 : 1);
        for (var isElsewhere = false; !isElsewhere;)
        {
            try
            {
                await pool.GetAsync("k", CacheCodecs.String, Token, Template);
                isElsewhere = home.State == ServerState.Failed;
            }
            catch (MemcachedException)
            {
                // Lost with its connection; the next call finds the server failed.
            }
        }
    }

    private static ValueTask<string> CreateAsync(MemcachedPool pool, string key, Func<CancellationToken, ValueTask<string>> create) =>
        pool.GetOrCreateAsync(key, create, CacheCodecs.String, Options, cancellationToken: Token, template: Template);
}
