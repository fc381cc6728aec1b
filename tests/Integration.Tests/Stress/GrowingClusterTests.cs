using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>Three real servers become four under load.</summary>
[Collection(nameof(RunsAlone))]
public sealed class GrowingClusterTests : IDisposable
{
    private const int Keys = 20_000;
    private const int Callers = 16;

    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromHours(1) };
    private readonly MemcachedProcess[] _processes = [.. Enumerable.Range(0, 4).Select(_ => MemcachedProcess.Start("-m", "64"))];
    private int _creates;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Array.ForEach(_processes, static process => process.Dispose());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_warm_move_creates_next_to_nothing_anew(bool isWarm)
    {
        await using var pool = FaultPool.Connect(_processes[..3].Select(process => process.Port));
        await ReadAllAsync(pool);
        Assert.Equal(Keys, _creates);
        var before = HomesOf(pool);
        _creates = 0;
        var options = new ServerChangeOptions { Prepare = TimeSpan.Zero, WarmUp = isWarm ? TimeSpan.FromMinutes(10) : TimeSpan.Zero };

        var load = ReadAllAsync(pool);
        var change = pool.UpdateServersAsync(_processes.Select(static process => new MemcachedServerOptions("127.0.0.1", process.Port)), options, Token).AsTask();
        await load;
        await ReadAllAsync(pool);
        await ReadAllAsync(pool);

        var after = HomesOf(pool);
        var moved = Enumerable.Range(0, Keys).Count(key => before[key] != after[key]);
        TestFigures.Report($"growing cluster, {(isWarm ? "warm" : "cold")}", $"3 servers become 4 under {Callers} callers: {moved} of {Keys} keys move, {_creates} values are created anew ({100.0 * _creates / moved:0.00} % of those)");
        Assert.InRange(moved, Keys / 10, Keys / 2);
        if (isWarm)
        {
            Assert.InRange(_creates, 0, moved / 100);
        }
        else
        {
            Assert.InRange(_creates, moved * 99 / 100, moved);
            await change;
        }
    }

    private static string[] HomesOf(MemcachedPool pool) => [.. Enumerable.Range(0, Keys).Select(key => pool.Locate(NameOf(key)).Servers[0].Name)];

    private static string NameOf(int key) => $"city:{key}";

    private Task ReadAllAsync(MemcachedPool pool) => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(
        async () =>
        {
            for (var key = caller; key < Keys; key += Callers)
            {
                var name = NameOf(key);
                var value = await pool.GetOrCreateAsync(
                    name,
                    _ =>
                    {
                        Interlocked.Increment(ref _creates);
                        return ValueTask.FromResult(StressValue.Of(name, key));
                    },
                    CacheCodecs.String, Options, cancellationToken: Token);
                Assert.True(StressValue.Belongs(value, name), $"{name} has a value of another key");
            }
        },
        Token)));
}
