using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Tests.Near;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>
/// Three processes share real servers that come and go by warm moves, and are killed and started again meanwhile. Calls may fail then;
/// what they give is never older than a delete or a set that had ended, and never another key's.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class MovingClusterTests : IDisposable
{
    private const int Keys = 200;
    private const int Pools = 3;
    private const int Callers = 64;
    private const int Seed = 12;

    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan HungAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly ServerChangeOptions Warm = new() { Prepare = TimeSpan.FromMilliseconds(300), WarmUp = TimeSpan.FromMilliseconds(500) };
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromHours(1), LeaseWait = TimeSpan.FromSeconds(1) };
    private static readonly NearOptions Near = new() { Duration = TimeSpan.FromMilliseconds(200), Revalidate = TimeSpan.FromSeconds(2), SharesValues = true };
    private static readonly GetOrCreateOptions NearCreation = new() { Expires = TimeSpan.FromHours(1), LeaseWait = TimeSpan.FromSeconds(1), Near = Near };

    private readonly MemcachedProcess[] _processes = [.. Enumerable.Range(0, 5).Select(_ => MemcachedProcess.Start("-m", "64"))];
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly NearTruth _truth;
    private readonly PendingReads[] _pending;
    private long _nearHits;
    private long _operations;
    private long _failed;
    private long _creates;
    private int _changes;
    private int _kills;

    public MovingClusterTests()
    {
        _truth = new NearTruth(Keys, Pools, _time, static key => key);
        _pending = [.. Enumerable.Range(0, Pools).Select(_ => new PendingReads(_time, Callers))];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Array.ForEach(_processes, static process => process.Dispose());

    [Fact]
    public async Task Nobody_sees_what_was_deleted_or_replaced_while_servers_come_go_and_die()
    {
        var pools = Enumerable.Range(0, Pools).Select(_ => Connect(_processes[..3])).ToArray();
        await SettleAsync(pools);
        var (threads, sockets, memory) = (ProcessResources.OwnThreads, ProcessResources.Sockets, GC.GetTotalMemory(forceFullCollection: true));
        using var done = new CancellationTokenSource();
        using var calm = new CancellationTokenSource();
        var clock = Task.Run(() => RunClockAsync(calm.Token), CancellationToken.None);
        var running = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(new Random(Seed + caller), pools[caller % Pools], caller, done.Token), CancellationToken.None)).ToArray();

        await ChangeAsync(pools, StressTests.Duration());

        await done.CancelAsync();
        await Task.WhenAll(running).WaitAsync(HungAfter, Token);
        await SettleAsync(pools);
        await calm.CancelAsync();
        await clock;
        await FaultPool.UntilAsync(() => ProcessResources.OwnThreads <= threads + 2 && ProcessResources.Sockets <= sockets, "the end of threads and sockets");
        var more = GC.GetTotalMemory(forceFullCollection: true) - memory;
        foreach (var pool in pools)
        {
            await pool.DisposeAsync();
        }

        TestFigures.Report("moving cluster", $"""
            {_changes} warm moves of 2 to {_processes.Length} servers and {_kills} kills under {Callers} callers of {pools.Length} pools: {_operations} operations, {_truth.Checked} values checked, {_nearHits} near hits, {_creates} created
              wrong or outdated values {_truth.Wrong.Count}, failed calls {_failed}, hung calls 0, {more / 1e6:+0.0;-0.0} MB, {ProcessResources.Sockets - sockets:+0;-0;0} sockets
            """);
        Assert.Empty(_truth.Wrong);
        Assert.True(_truth.Checked > 1000 && _nearHits > 1000 && _creates > 0 && _changes > 3 && _kills > 1, "a run without values, moves and kills proves nothing");
        Assert.InRange(more, long.MinValue, 24_000_000);
    }

    // Where no key goes to a neighbour, a process that sees a server fail and one that does not agree on where its keys are.
    private MemcachedPool Connect(IEnumerable<MemcachedProcess> servers) => FaultPool.Connect(servers.Select(server => server.Port), options =>
    {
        options.AllowFailover = false;
        options.TimeProvider = _time;
        options.RetryInterval = TimeSpan.FromMilliseconds(100);
        options.ServerChanges = Warm;
    });

    private async Task RunClockAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            _time.Advance(Tick);
            await Task.Delay(Tick, CancellationToken.None);
        }
    }

    private async Task ChangeAsync(MemcachedPool[] pools, TimeSpan duration)
    {
        var random = new Random(Seed);
        var list = _processes[..3].ToList();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < duration;)
        {
            if (random.Next(3) == 0)
            {
                // It comes back empty, on the same port.
                _processes[random.Next(_processes.Length)].Restart();
                _kills++;
            }

            var next = Change(random, list);
            await MoveAsync(pools, next, random);
            foreach (var gone in list.Except(next))
            {
                // As one that is removed ends.
                gone.Restart();
            }

            list = next;
            _changes++;
            await Task.Delay(random.Next(50, 500), Token);
        }

        await MoveAsync(pools, [.. _processes[..3]], random);
    }

    private static async Task MoveAsync(MemcachedPool[] pools, List<MemcachedProcess> next, Random random)
    {
        var moves = new List<Task>();
        random.Shuffle(pools);
        foreach (var pool in pools)
        {
            moves.Add(pool.UpdateServersAsync(next.Select(static server => new MemcachedServerOptions("127.0.0.1", server.Port)), Token).AsTask());
        }

        await Task.WhenAll(moves).WaitAsync(HungAfter, Token);
    }

    private List<MemcachedProcess> Change(Random random, List<MemcachedProcess> list)
    {
        var others = _processes.Except(list).ToList();
        return list.Count > 2 && (others.Count == 0 || random.Next(2) == 0)
            ? [.. list.Where((_, position) => position != 1)]
            : [.. list, others[random.Next(others.Count)]];
    }

    private static async Task SettleAsync(MemcachedPool[] pools)
    {
        foreach (var pool in pools)
        {
            await FaultPool.UntilAnsweringAsync(pool);
        }
    }

    private async Task CallAsync(Random random, MemcachedPool pool, int caller, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            var key = random.Next(Keys);
            try
            {
                await CallAsync(random, pool, caller, key, NearTruth.NameOf(key)).WaitAsync(HungAfter, CancellationToken.None);
            }
            catch (MemcachedException)
            {
                Interlocked.Increment(ref _failed);
                await Task.Delay(1, CancellationToken.None);
            }

            _pending[caller % Pools].End(caller);
            Interlocked.Increment(ref _operations);
        }
    }

    private async Task CallAsync(Random random, MemcachedPool pool, int caller, int key, string name)
    {
        var floor = _truth.FloorOf(key);
        var nearFloor = _truth.FloorOf(key, caller % Pools, _pending[caller % Pools].Begin(caller).Before(Near.Duration));
        switch (random.Next(20))
        {
            case 0:
                await _truth.WriteAsync(key, caller % Pools, async _ =>
                {
                    await pool.DeleteAsync(name);
                    return true;
                });
                break;
            case 1:
                await _truth.WriteAsync(key, caller % Pools, async value =>
                {
                    await pool.SetAsync(name, value, Text, TimeSpan.FromHours(1));
                    return true;
                });
                break;
            case 2:
                await GetManyAsync(pool, random.Next(Keys - 10));
                break;
            case < 6:
                _truth.Check(key, await pool.GetAsync(name, Text), floor, "Get");
                break;
            case < 12:
                _truth.Check(key, await CountNear(pool.GetAsync(name, Text, Near)), nearFloor, "Get near");
                break;
            case < 16:
                _truth.Check(key, await pool.GetOrCreateAsync(name, _ => CreateAsync(key), Text, Options), floor, "GetOrCreate");
                break;
            default:
                _truth.Check(key, await CountNear(pool.GetOrCreateAsync(name, _ => CreateAsync(key), Text, NearCreation)!), nearFloor, "GetOrCreate near");
                break;
        }
    }

    private ValueTask<string?> CountNear(ValueTask<string?> reading)
    {
        if (reading.IsCompletedSuccessfully)
        {
            Interlocked.Increment(ref _nearHits);
        }

        return reading;
    }

    private async Task GetManyAsync(MemcachedPool pool, int first)
    {
        var floors = Enumerable.Range(first, 10).ToDictionary(static key => key, _truth.FloorOf);
        foreach (var (name, value) in await pool.GetManyAsync(floors.Keys.Select(NearTruth.NameOf), Text))
        {
            var key = NearTruth.KeyOf(name);
            _truth.Check(key, value, floors[key], "GetMany");
        }
    }

    private async ValueTask<string> CreateAsync(int key)
    {
        Interlocked.Increment(ref _creates);
        var value = _truth.Read(key);
        await Task.Yield();
        return value;
    }
}
