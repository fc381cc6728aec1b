using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Each fault of the proxy by itself: what the callers get, and that the next call gets through.</summary>
public sealed class FaultProxyTests : IDisposable
{
    private const int Callers = 32;

    private readonly MemcachedProcess _process = MemcachedProcess.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(FaultKind.Delay))]
    [InlineData(nameof(FaultKind.Drip))]
    public async Task Callers_do_not_notice_a_slow_line(string kind)
    {
        var (failures, accepted) = await RunAsync(kind);
        Assert.Empty(failures);
        Assert.Equal(1, accepted);
    }

    [Theory]
    [InlineData(nameof(FaultKind.Cut))]
    [InlineData(nameof(FaultKind.Reset))]
    [InlineData(nameof(FaultKind.HalfClose))]
    public async Task Callers_of_a_line_which_ends_hear_of_it(string kind)
    {
        var (failures, accepted) = await RunAsync(kind);
        Assert.NotEmpty(failures);
        Assert.All(failures, failure => Assert.IsAssignableFrom<MemcachedConnectionException>(failure));
        Assert.All(failures, failure => Assert.IsNotType<MemcachedTimeoutException>(failure));
        Assert.True(accepted > 1, "the line was not replaced");
    }

    [Theory]
    [InlineData(nameof(FaultKind.Garbage))]
    [InlineData(nameof(FaultKind.Reorder))]
    public async Task Callers_of_a_line_out_of_step_hear_of_it(string kind)
    {
        var (failures, accepted) = await RunAsync(kind);
        Assert.NotEmpty(failures);
        Assert.All(failures, failure => Assert.IsAssignableFrom<MemcachedConnectionException>(failure));
        Assert.Contains(failures, failure => failure is MemcachedProtocolException);
        Assert.True(accepted > 1, "the line was not replaced");
    }

    [Fact]
    public async Task Callers_of_a_line_which_hangs_time_out()
    {
        var (failures, _) = await RunAsync(nameof(FaultKind.Hang));
        Assert.Contains(failures, failure => failure is MemcachedTimeoutException);
        Assert.All(failures, failure => Assert.IsAssignableFrom<MemcachedConnectionException>(failure));
    }

    public void Dispose() => _process.Dispose();

    // All callers ask at once while the fault is on, and once more when it is off again.
    private async Task<(List<Exception> Failures, int Accepted)> RunAsync(string kind)
    {
        var plan = FaultPlan.Only(Enum.Parse<FaultKind>(kind));
        using var proxy = new FaultProxy(_process.EndPoint, plan);
        await using var pool = FaultPool.Connect([proxy.Port], options =>
        {
            options.OperationTimeout = kind == nameof(FaultKind.Hang) ? TimeSpan.FromSeconds(2) : FaultPool.Patience;
            options.ConnectTimeout = options.OperationTimeout;
            options.RetryInterval = TimeSpan.FromMilliseconds(100);
        });
        string[] keys = [.. Enumerable.Range(0, Callers).Select(caller => $"key-{caller}")];
        await Task.WhenAll(keys.Select(key => pool.SetAsync(key, key, CacheCodecs.String, cancellationToken: Token).AsTask()));

        List<Exception> failures = [];
        plan.Rate = 1;
        for (var round = 0; round < 20 && plan.Counts.Values.Sum() < 3; round++)
        {
            failures.AddRange(await ReadAsync(pool, keys));
        }

        plan.Rate = 0;
        await FaultPool.UntilAnsweringAsync(pool);
        Assert.Empty(await ReadAsync(pool, keys));
        Assert.True(plan.Counts.Values.Sum() > 0, "the fault has not happened");
        return (failures, proxy.Accepted);
    }

    private static async Task<List<Exception>> ReadAsync(MemcachedPool pool, string[] keys)
    {
        List<Exception> failures = [];
        Task<string?>[] reads = [.. keys.Select(key => Task.Run(async () => await pool.GetAsync(key, CacheCodecs.String, Token)))];
        for (var i = 0; i < keys.Length; i++)
        {
            try
            {
                Assert.Equal(keys[i], await reads[i].WaitAsync(FaultPool.Patience, Token));
            }
            catch (MemcachedException failure)
            {
                failures.Add(failure);
            }
        }

        return failures;
    }
}
