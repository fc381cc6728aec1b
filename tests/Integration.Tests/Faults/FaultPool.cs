namespace TypedCache.Integration.Tests.Faults;

/// <summary>Pools for servers which do not behave.</summary>
internal static class FaultPool
{
    /// <summary>Longer than anything takes on a loaded machine; it only keeps a test from hanging.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A pool with long time limits, which a test shortens where it is about them.</summary>
    public static MemcachedPool Connect(IEnumerable<int> ports, Action<MemcachedPoolOptions>? configure = null)
    {
        var options = new MemcachedPoolOptions
        {
            Servers = [.. ports.Select(port => new MemcachedServerOptions("127.0.0.1", port))],
            ConnectTimeout = Patience,
            OperationTimeout = Patience,
        };
        configure?.Invoke(options);
        return MemcachedPool.Connect(options);
    }

    /// <inheritdoc cref="Connect(IEnumerable{int}, Action{MemcachedPoolOptions}?)"/>
    public static MemcachedPool Connect(ScriptedServer server, Action<MemcachedPoolOptions>? configure = null) => Connect([server.Port], configure);

    /// <summary>Waits for a state which comes a moment after the event which a caller sees.</summary>
    public static async Task UntilAsync(Func<bool> reached, string what)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!reached())
        {
            Assert.True(waited.Elapsed < Patience, $"{what} has not come about in {Patience}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until every server of the pool answers again.</summary>
    public static async Task UntilAnsweringAsync(MemcachedPool pool)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!(await pool.GetVersionsAsync(TestContext.Current.CancellationToken)).All(reply => reply.Answered))
        {
            Assert.True(waited.Elapsed < Patience, $"the servers do not answer again after {Patience}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
