using System.Globalization;
using TypedCache.Values;

namespace TypedCache.Tests.Pool.Zones;

/// <summary>
/// Pools of three zones write, delete, read and create at the same time, and one of them is cut off from a zone and comes back: no reader
/// gets a value that is older than the last completed write which every zone got.
/// </summary>
public sealed class ZoneRaceTests : IAsyncDisposable
{
    private const int KeyCount = 6;
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Stored = new() { Expires = TimeSpan.FromHours(1), LeaseTime = TimeSpan.FromSeconds(2), LeaseWait = TimeSpan.FromSeconds(2) };

    private readonly ZoneServers _servers = new(zones: 3, serversInEach: 2);
    private readonly SemaphoreSlim[] _writers = [.. Enumerable.Range(0, KeyCount).Select(static _ => new SemaphoreSlim(1, 1))];
    private readonly int[] _versions = new int[KeyCount];
    private readonly int[] _floors = new int[KeyCount];
    private readonly Dictionary<MemcachedServer, MemcachedPool> _direct = [];
    private int _checked;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_reader_gets_what_a_completed_delete_has_removed(int seed)
    {
        MemcachedPool[] pools = [_servers.Connect("a"), _servers.Connect("a"), _servers.Connect("b"), _servers.Connect("c")];
        var missed = pools.Select(static pool => new ZoneNotes(pool)).ToArray();

        await RunAsync(pools, missed, seed, stepsOfEach: 400);

        Assert.All(missed, static notes => Assert.Equal(0, notes.Count));
        Assert.True(_checked > 1000, $"only {_checked} values were checked");
    }

    // Its own writes are made up for before it uses the zone again; until then the floor is that of the writes before.
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_pool_that_was_cut_off_makes_up_for_what_the_zone_has_missed(int seed)
    {
        MemcachedPool[] pools = [_servers.Connect("a"), _servers.Connect("b"), _servers.Connect("c")];
        var missed = pools.Select(static pool => new ZoneNotes(pool)).ToArray();
        var random = new Random(seed);
        for (var round = 0; round < 6; round++)
        {
            var (cut, zone) = (random.Next(pools.Length), _servers.Zones[random.Next(3)]);
            ZoneServers.Cut(pools[cut], zone);
            await RunAsync(pools, missed, random.Next(), stepsOfEach: 60);
            await MakeUpAsync(missed[cut]);
            ZoneServers.Join(pools[cut], zone);
            await RunAsync(pools, missed, random.Next(), stepsOfEach: 40);
        }

        Assert.True(_checked > 500, $"only {_checked} values were checked");
    }

    // What is promised while a zone is cut off from the one who deletes, and what is not.
    [Fact]
    public async Task Readers_that_reach_a_zone_that_missed_a_delete_see_the_old_value_until_it_is_made_up_for()
    {
        var (a, b, c) = (_servers.Connect("a"), _servers.Connect("b"), _servers.Connect("c"));
        var missed = new ZoneNotes(a);
        var key = Enumerable.Range(0, 100).Select(static i => $"k{i}").First(key => ZoneServers.HomeOf(a, key).Zone == "b");
        await a.SetAsync(key, "old", Text, cancellationToken: Token);
        ZoneServers.Cut(a, "b");

        Assert.True(await a.DeleteAsync(key, Token));

        // The one who deleted does not see it again, and neither does who cannot reach the zone.
        Assert.Null(await a.GetAsync(key, Text, Token));

        // Others may, and may even copy it to where it was deleted.
        Assert.Equal("old", await b.GetAsync(key, Text, Token));
        Assert.Equal("old", await c.GetOrCreateAsync(key, static _ => ValueTask.FromResult("new"), Text, Stored, cancellationToken: Token));

        await missed.MakeUpAsync(_servers.ConnectTo);
        ZoneServers.Join(a, "b");

        foreach (var pool in (MemcachedPool[])[a, b, c])
        {
            Assert.Null(await pool.GetAsync(key, Text, Token));
        }

        Assert.Equal("new", await b.GetOrCreateAsync(key, static _ => ValueTask.FromResult("new"), Text, Stored, cancellationToken: Token));
        Assert.Equal("new", await c.GetOrCreateAsync(key, static _ => ValueTask.FromResult("newer"), Text, Stored, cancellationToken: Token));
    }

    private static string KeyOf(int key) => $"k{key}";

    private async Task RunAsync(MemcachedPool[] pools, ZoneNotes[] missed, int seed, int stepsOfEach)
    {
        const int CallersOfEach = 4;
        var callers = Enumerable.Range(0, pools.Length * CallersOfEach).Select(caller => Task.Run(async () =>
        {
            var random = new Random((seed * 100) + caller);
            for (var step = 0; step < stepsOfEach; step++)
            {
                await StepAsync(pools[caller % pools.Length], missed[caller % pools.Length], random);
            }
        }));
        await Task.WhenAll(callers).WaitAsync(TimeSpan.FromMinutes(5), Token);
    }

    private async Task StepAsync(MemcachedPool pool, ZoneNotes missed, Random random)
    {
        var key = random.Next(KeyCount);
        switch (random.Next(10))
        {
            case 0:
                await WriteAsync(key, missed, async value => await pool.DeleteAsync(KeyOf(key)));
                break;
            case 1:
                await WriteAsync(key, missed, async value => await pool.SetAsync(KeyOf(key), value, Text));
                break;
            case 2:
                await WriteAsync(key, missed, async value => await pool.DeleteManyAsync([KeyOf(key)]));
                break;
            case < 6:
                var found = _floors[key];
                Check(key, await pool.GetAsync(KeyOf(key), Text), found);
                break;
            default:
                var floor = Volatile.Read(ref _floors[key]);
                Check(key, await pool.GetOrCreateAsync(KeyOf(key), token => CreateAsync(key, random), Text, Stored), floor);
                break;
        }
    }

    private async ValueTask<string> CreateAsync(int key, Random random)
    {
        var value = ValueOf(key, Volatile.Read(ref _versions[key]));
        await Task.Delay(random.Next(3));
        return value;
    }

    private async Task WriteAsync(int key, ZoneNotes missed, Func<string, Task> write)
    {
        await _writers[key].WaitAsync();
        try
        {
            var version = Interlocked.Increment(ref _versions[key]);
            await write(ValueOf(key, version));
            if (!missed.All.Any(note => note.Key == KeyOf(key)))
            {
                Volatile.Write(ref _floors[key], version);
            }
        }
        finally
        {
            _writers[key].Release();
        }
    }

    private async Task MakeUpAsync(ZoneNotes missed)
    {
        foreach (var key in await missed.MakeUpAsync(DirectTo))
        {
            var number = int.Parse(key[1..], CultureInfo.InvariantCulture);
            _floors[number] = _versions[number];
        }
    }

    private MemcachedPool DirectTo(MemcachedServer server)
    {
        if (!_direct.TryGetValue(server, out var pool))
        {
            _direct.Add(server, pool = _servers.ConnectTo(server));
        }

        return pool;
    }

    private static string ValueOf(int key, int version) => $"{KeyOf(key)}|{version}";

    private void Check(int key, string? value, int floor)
    {
        if (value is null)
        {
            return;
        }

        Interlocked.Increment(ref _checked);
        var parts = value.Split('|');
        Assert.Equal(KeyOf(key), parts[0]);
        var version = int.Parse(parts[1], CultureInfo.InvariantCulture);
        Assert.True(version >= floor, $"{KeyOf(key)}: version {version} came after version {floor} had replaced it");
    }
}
