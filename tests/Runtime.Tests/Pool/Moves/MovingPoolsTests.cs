using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;
using TypedCache.Keys;
using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Pool.Moves;

/// <summary>
/// Several processes share servers that come and go. Each hears of a change at another time, within what the others wait for: no
/// call of any of them gets a value that is older than a delete or a set that had ended before it began.
/// </summary>
public sealed class MovingPoolsTests : IAsyncDisposable
{
    private const int Keys = 12;
    private const int Pools = 3;
    private const int CallersPerPool = 4;
    private const int Calls = 400;

    // Only keeps the test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly ServerChangeOptions Warm = new() { Prepare = TimeSpan.FromSeconds(10), WarmUp = TimeSpan.FromSeconds(15) };
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromHours(1), LeaseTime = TimeSpan.FromMinutes(1), LeaseWait = TimeSpan.FromMinutes(1) };

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly VersionedSource _source = new(Keys);
    private readonly List<EmbeddedServer> _servers = [];
    private readonly List<MemcachedServerOptions> _places = [];
    private readonly List<MemcachedPool> _pools = [];
    private int _creates;

    public MovingPoolsTests()
    {
        for (var i = 0; i < 4; i++)
        {
            var server = new EmbeddedServer();
            _servers.Add(server);
            _places.Add(new MemcachedServerOptions("127.0.0.1", server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port));
        }

        for (var i = 0; i < Pools; i++)
        {
            _pools.Add(MemcachedPool.Connect(new MemcachedPoolOptions
            {
                Servers = { _places[0], _places[1] },
                OperationTimeout = Patience,
                ConnectTimeout = Patience,
                TimeProvider = _time,
                ServerChanges = Warm,
            }));
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            await pool.DisposeAsync();
        }

        _servers.ForEach(static server => server.Dispose());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Nobody_sees_what_was_deleted_or_replaced(int seed)
    {
        _pools.ForEach(pool => pool.ServerFailed += (_, failed) => Assert.Fail(failed.Error.Message));
        using var done = new CancellationTokenSource();
        var changes = Task.Run(() => ChangeAsync(new Random(seed), done.Token), CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, Pools * CallersPerPool).Select(caller => Task.Run(
            () => CallAsync(new Random((seed * 1000) + caller), _pools[caller % Pools]), CancellationToken.None))).WaitAsync(Patience, Token);

        await done.CancelAsync();
        var phases = await changes.WaitAsync(Patience, Token);
        TestContext.Current.TestOutputHelper?.WriteLine($"{_source.Checked} values checked, {_creates} created, phases {string.Join(", ", phases.Select(phase => $"{phase.Key}: {phase.Value}"))}");
        Assert.True(_source.Checked > Pools * CallersPerPool * Calls / 4, $"only {_source.Checked} values were checked");
        Assert.Contains(ServerMovePhase.WarmUp, phases.Keys);
    }

    // Servers that are removed end as such servers do, and begin empty.
    private async Task<ConcurrentDictionary<ServerMovePhase, int>> ChangeAsync(Random random, CancellationToken done)
    {
        var phases = new ConcurrentDictionary<ServerMovePhase, int>();
        var list = new List<MemcachedServerOptions> { _places[0], _places[1] };
        while (!done.IsCancellationRequested)
        {
            var next = Change(random, list);
            var moves = new List<Task>();
            foreach (var pool in _pools.OrderBy(_ => random.Next()).ToArray())
            {
                moves.Add(pool.UpdateServersAsync(next, CancellationToken.None).AsTask());
                for (var pause = random.Next(3); pause > 0; pause--)
                {
                    await AdvanceAsync(phases);
                }
            }

            while (moves.Exists(static move => !move.IsCompleted))
            {
                await AdvanceAsync(phases);
            }

            foreach (var gone in list.Except(next))
            {
                await FlushAsync(gone);
            }

            list = next;
        }

        return phases;
    }

    private List<MemcachedServerOptions> Change(Random random, List<MemcachedServerOptions> list)
    {
        var others = _places.Except(list).ToList();
        var next = new List<MemcachedServerOptions>(list);
        if (next.Count > 1 && random.Next(2) == 0)
        {
            next.RemoveAt(random.Next(next.Count));
        }
        else if (others.Count > 0)
        {
            next.Add(others[random.Next(others.Count)]);
        }
        else
        {
            next.RemoveAt(0);
        }

        return next;
    }

    private async Task AdvanceAsync(ConcurrentDictionary<ServerMovePhase, int> phases)
    {
        _time.Advance(Step);
        _pools.ForEach(pool => phases.AddOrUpdate(pool.MovePhase, 1, static (_, count) => count + 1));
        await Task.Delay(2, CancellationToken.None);
    }

    private static async Task FlushAsync(MemcachedServerOptions server)
    {
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { Servers = { server } });
        await pool.FlushAsync();
    }

    private async Task CallAsync(Random random, MemcachedPool pool)
    {
        for (var i = 0; i < Calls; i++)
        {
            var key = random.Next(Keys);
            await CallAsync(random, pool, key, VersionedSource.KeyOf(key));
        }
    }

    private async Task CallAsync(Random random, MemcachedPool pool, int key, string name)
    {
        var floor = _source.FloorOf(key);
        switch (random.Next(9))
        {
            case 0:
                await _source.WriteAsync(key, async _ => await pool.DeleteAsync(name), isHard: true);
                break;
            case 1:
                await _source.WriteAsync(key, async value => await pool.SetAsync(name, value, Text, TimeSpan.FromHours(1)), isHard: true);
                break;
            case 2:
                await _source.WriteAsync(key, async _ => await pool.DeleteManyAsync([name, "another"]), isHard: true);
                break;
            case 3:
                await GetManyAsync(pool);
                break;
            case 4:
                await GetOrCreateManyAsync(pool);
                break;
            case 5:
            case 6:
                if (await pool.GetAsync(name, Text) is { } found)
                {
                    _source.Check(key, found, floor);
                }

                break;
            default:
                _source.Check(key, await pool.GetOrCreateAsync(name, _ => CreateAsync(key, random.Next(3)), Text, Options), floor);
                break;
        }
    }

    private int[] FloorsNow() => [.. Enumerable.Range(0, Keys).Select(_source.FloorOf)];

    private async Task GetManyAsync(MemcachedPool pool)
    {
        var floors = FloorsNow();
        foreach (var (name, value) in await pool.GetManyAsync(Enumerable.Range(0, Keys).Select(VersionedSource.KeyOf), Text))
        {
            var key = int.Parse(name["key-".Length..], CultureInfo.InvariantCulture);
            _source.Check(key, value, floors[key]);
        }
    }

    private async Task GetOrCreateManyAsync(MemcachedPool pool)
    {
        var floors = FloorsNow();
        var found = await pool.GetOrCreateManyAsync(
            Enumerable.Range(0, Keys), 0, static (ref writer, _, key) => writer.AppendWhole(VersionedSource.KeyOf(key)), KeyPolicy.Reject,
            async (keys, _) =>
            {
                await Task.Yield();
                Interlocked.Add(ref _creates, keys.Count);
                return keys.ToDictionary(key => key, _source.Read);
            },
            Text, Options);
        Assert.Equal(Keys, found.Count);
        foreach (var (key, value) in found)
        {
            _source.Check(key, value, floors[key]);
        }
    }

    private async ValueTask<string> CreateAsync(int key, int pause)
    {
        Interlocked.Increment(ref _creates);
        var value = _source.Read(key);
        await Task.Delay(pause, CancellationToken.None);
        return value;
    }
}
