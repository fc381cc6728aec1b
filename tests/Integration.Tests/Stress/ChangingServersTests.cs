using System.Diagnostics;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>The servers of a pool change under load: real ones, none of which is killed, so that no call may fail.</summary>
[Collection(nameof(RunsAlone))]
public sealed class ChangingServersTests : IDisposable
{
    private const int Seed = 11;
    private const int Changes = 1000;
    private const long MemoryMargin = 24_000_000;

    private static readonly TimeSpan HungAfter = TimeSpan.FromSeconds(15);
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(1), LeaseWait = TimeSpan.FromSeconds(1) };

    private readonly MemcachedProcess[] _processes = [.. Enumerable.Range(0, 5).Select(_ => MemcachedProcess.Start("-m", "64"))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Array.ForEach(_processes, static process => process.Dispose());

    [Fact]
    public async Task No_call_fails_or_gets_a_wrong_value_while_servers_come_and_go()
    {
        var random = new Random(Seed);
        var sockets = ProcessResources.Sockets;
        await using var pool = FaultPool.Connect(_processes[..3].Select(process => process.Port));
        var load = new StressLoad(pool, Seed);
        using var done = new CancellationTokenSource();
        var running = load.RunAsync();
        var creations = CreateAsync(pool, done.Token);
        var drained = new List<Task>();

        for (var watch = Stopwatch.StartNew(); watch.Elapsed < StressTests.Duration() / 3;)
        {
            await Task.Delay(random.Next(50, 200), Token);
            drained.Add(pool.UpdateServersAsync(SomeOf(random), Token).AsTask());
            Assert.True(load.LongestPending < HungAfter, $"after {load.Operations} operations a call has been pending for {load.LongestPending}");
        }

        load.Stop();
        await done.CancelAsync();
        await running.WaitAsync(HungAfter, Token);
        var created = await creations.WaitAsync(HungAfter, Token);
        await Task.WhenAll(drained).WaitAsync(HungAfter, Token);
        await FaultPool.UntilAsync(() => ProcessResources.Sockets <= sockets + (2 * pool.Servers.Count), "the end of the removed servers' sockets");

        TestFigures.Report("changing servers", $"""
            {pool.TopologyVersion - 1} changes of 1 to {_processes.Length} servers under {StressLoad.Callers} callers: {load.Operations} operations, {load.Hits} values checked, {created} created
              wrong values {load.Wrong}, failed calls {load.Failed}, unexpected exceptions {load.Unexpected.Count}, hung calls 0 (longest {load.LongestEnded.TotalMilliseconds:0} ms)
            """);
        Assert.Equal((0, 0), (load.Wrong, load.Failed));
        Assert.Empty(load.Unexpected);
        Assert.True(load.Hits > 1000 && created > 0 && pool.TopologyVersion > 10, "a run without values and changes proves nothing");
    }

    [Fact]
    public async Task A_thousand_changes_leave_no_threads_sockets_or_memory_behind()
    {
        var random = new Random(Seed);
        await using var pool = FaultPool.Connect(_processes[..3].Select(process => process.Port));
        await ChangeAsync(pool, random, Changes / 10);
        await SettleAsync(pool);
        var (threads, sockets, memory) = (ProcessResources.OwnThreads, ProcessResources.Sockets, GC.GetTotalMemory(forceFullCollection: true));

        await ChangeAsync(pool, random, Changes);
        await SettleAsync(pool);

        await FaultPool.UntilAsync(() => ProcessResources.OwnThreads <= threads && ProcessResources.Sockets <= sockets, "the end of threads and sockets");
        var more = GC.GetTotalMemory(forceFullCollection: true) - memory;
        TestFigures.Report("many changes", $"{Changes} changes: {more / 1e6:+0.0;-0.0} MB, {ProcessResources.OwnThreads - threads:+0;-0;0} threads, {ProcessResources.Sockets - sockets:+0;-0;0} sockets");
        Assert.InRange(more, long.MinValue, MemoryMargin);
    }

    // A create takes about as long as it is until the next change.
    private static async Task<int> CreateAsync(MemcachedPool pool, CancellationToken done)
    {
        var created = 0;
        var random = new Random(Seed);
        while (!done.IsCancellationRequested)
        {
            var key = $"created-{random.Next(200)}";
            var value = await pool.GetOrCreateAsync(
                key,
                async _ =>
                {
                    await Task.Delay(random.Next(100), CancellationToken.None);
                    return StressValue.Of(key, Interlocked.Increment(ref created));
                },
                CacheCodecs.String, Options, cancellationToken: CancellationToken.None);
            Assert.True(StressValue.Belongs(value, key), $"{key} has a value of another key");
        }

        return created;
    }

    private async Task ChangeAsync(MemcachedPool pool, Random random, int changes)
    {
        var drained = new List<Task>();
        for (var i = 0; i < changes; i++)
        {
            drained.Add(pool.UpdateServersAsync(SomeOf(random), Token).AsTask());
            var key = $"key-{i}";
            await pool.SetAsync(key, StressValue.Of(key, i), CacheCodecs.String, TimeSpan.FromMinutes(1), Token);
            if (await pool.GetAsync(key, CacheCodecs.String, Token) is { } value)
            {
                Assert.True(StressValue.Belongs(value, key), $"{key} has a value of another key");
            }

            if (drained.Count == 20)
            {
                await Task.WhenAll(drained).WaitAsync(HungAfter, Token);
                drained.Clear();
            }
        }

        await Task.WhenAll(drained).WaitAsync(HungAfter, Token);
    }

    // The same three servers, all of them connected.
    private async Task SettleAsync(MemcachedPool pool)
    {
        await pool.UpdateServersAsync(_processes[..3].Select(Place), Token);
        Assert.All(await pool.GetVersionsAsync(Token), reply => Assert.True(reply.Answered));
    }

    private MemcachedServerOptions[] SomeOf(Random random)
    {
        MemcachedServerOptions[] all = [.. _processes.Select(process => Place(process) with { Weight = random.Next(1, 4) })];
        random.Shuffle(all);
        return all[..random.Next(1, all.Length + 1)];
    }

    private static MemcachedServerOptions Place(MemcachedProcess process) => new("127.0.0.1", process.Port);
}
