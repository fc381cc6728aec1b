using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Real servers that were stopped or cut off come back with their memory, and show nothing that was deleted or replaced meanwhile.</summary>
public sealed class ReturningServerTests : IDisposable
{
    private const int Absences = 4;

    private readonly MemcachedProcess[] _processes = [MemcachedProcess.Start(), MemcachedProcess.Start(), MemcachedProcess.Start()];
    private readonly CutProxy[] _proxies;

    public ReturningServerTests() => _proxies = [.. _processes.Select(process => new CutProxy(process.EndPoint))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Keys { get; } = [.. Enumerable.Range(0, 3000).Select(i => $"k{i}")];

    [Theory]
    [InlineData(MemcachedProtocol.Auto, true)]
    [InlineData(MemcachedProtocol.Auto, false)]
    [InlineData(MemcachedProtocol.Classic, true)]
    [InlineData(MemcachedProtocol.Classic, false)]
    public async Task What_was_deleted_or_replaced_meanwhile_is_not_found(MemcachedProtocol protocol, bool isStopped)
    {
        await using var pool = FaultPool.Connect(_proxies.Select(proxy => proxy.Port), options =>
        {
            options.Protocol = protocol;
            options.OperationTimeout = TimeSpan.FromSeconds(2);
            options.ConnectTimeout = TimeSpan.FromSeconds(2);
            options.RetryInterval = TimeSpan.FromMilliseconds(50);
        });
        await StoreAsync(pool, Keys, 1);
        for (var absence = 1; absence <= Absences; absence++)
        {
            var away = absence % _processes.Length;
            await LeaveAsync(pool, away, isStopped);
            var version = 2 * absence;
            await StoreAsync(pool, Keys.Where((_, i) => i % 3 == 0), version);
            string[] deleted = [.. Keys.Where((_, i) => i % 3 == 1)];
            await pool.DeleteManyAsync(deleted, Token);
            Assert.NotEqual(0, pool.Servers[away].MissedDeletes);

            await ReturnAsync(pool, away, isStopped);
            Assert.Equal(0, pool.Servers[away].MissedDeletes);
            var found = await pool.GetManyAsync(Keys, CacheCodecs.Int32, Token);
            Assert.Empty(found.Keys.Intersect(deleted));
            Assert.All(Keys.Where((_, i) => i % 3 == 0), key => Assert.True(!found.TryGetValue(key, out var value) || value == version, key));
            await StoreAsync(pool, Keys, version + 1);
        }
    }

    public void Dispose()
    {
        Array.ForEach(_proxies, static proxy => proxy.Dispose());
        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }

    private static Task StoreAsync(MemcachedPool pool, IEnumerable<string> keys, int version) =>
        pool.SetManyAsync(keys.ToDictionary(key => key, _ => version), CacheCodecs.Int32, cancellationToken: Token).AsTask();

    // What is written to a stopped server would be carried out when it goes on. Reads find out that it is away.
    private async Task LeaveAsync(MemcachedPool pool, int away, bool isStopped)
    {
        if (isStopped)
        {
            _processes[away].Suspend();
        }
        else
        {
            _proxies[away].Cut();
        }

        while (pool.Servers[away].State != ServerState.Failed)
        {
            await pool.GetVersionsAsync(Token);
        }
    }

    private async Task ReturnAsync(MemcachedPool pool, int away, bool isStopped)
    {
        if (isStopped)
        {
            _processes[away].Resume();
        }
        else
        {
            _proxies[away].Restore();
        }

        await FaultPool.UntilAsync(() => pool.Servers[away].State == ServerState.Connected, "the return of the server");
    }
}
