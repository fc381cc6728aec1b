using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Hashing;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>Random calls of all kinds while the servers of their pool are changed at random: every call ends, and none fails or gets a wrong value.</summary>
public sealed class ChangingServersTests : IAsyncDisposable
{
    private const int Keys = 6;
    private const int Callers = 16;
    private const int CallsPerCaller = 200;

    // Only keeps the test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions[] Options =
    [
        new() { Expires = TimeSpan.FromSeconds(3), LeaseTime = TimeSpan.FromSeconds(2), LeaseWait = TimeSpan.FromMilliseconds(500) },
        new() { Expires = TimeSpan.FromSeconds(3), Stale = TimeSpan.FromSeconds(5), FailSafe = TimeSpan.FromSeconds(2), LeaseTime = TimeSpan.FromSeconds(2) },
    ];

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(55));
    private readonly VersionedSource _source = new(Keys);
    private readonly List<Task> _drained = [];
    private MemcachedPool? _pool;
    private int _calls;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MemcachedPool Pool => _pool!;

    public async ValueTask DisposeAsync() => await Pool.DisposeAsync();

    // Where the oldest server is replaced by a new one, no key ever returns to a server that it has left, so that nothing outdated can be
    // found: a call that used two lists of servers would find it, or leave it behind.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task While_each_server_is_replaced_in_turn_no_value_is_older_than_the_last_delete(int seed)
    {
        _pool = MemcachedPool.InMemory(3, Configure);
        var next = 4;
        await RunAsync(seed, strict: true, servers => [.. servers.Skip(servers.Count > 2 ? 1 : 0).Select(Place), new($"embedded-{next++}")]);
    }

    [Theory]
    [InlineData(1, false, 1, MemcachedProtocol.Auto)]
    [InlineData(2, true, 1, MemcachedProtocol.Auto)]
    [InlineData(3, false, 2, MemcachedProtocol.Auto)]
    [InlineData(4, false, 1, MemcachedProtocol.Classic)]
    public async Task While_servers_come_go_and_change_places_every_value_belongs_to_its_key(int seed, bool isStandard, int redundancy, MemcachedProtocol protocol)
    {
        _pool = MemcachedPool.InMemory(2, options =>
        {
            Configure(options);
            options.HashStrategy = isStandard ? HashStrategies.Standard : HashStrategies.Consistent;
            options.Redundancy = redundancy;
            options.Protocol = protocol;
        });
        var random = new Random(seed);
        await RunAsync(seed, strict: false, _ =>
        {
            MemcachedServerOptions[] all = [.. Enumerable.Range(1, 5).Select(number => new MemcachedServerOptions($"embedded-{number}", Weight: random.Next(1, 4)))];
            random.Shuffle(all);
            return all[..random.Next(1, all.Length + 1)];
        });
    }

    private static MemcachedServerOptions Place(MemcachedServer server) => new(server.Host, server.Port, server.Weight);

    private void Configure(MemcachedPoolOptions options)
    {
        options.TimeProvider = _time;
        options.OperationTimeout = options.ConnectTimeout = Patience;
    }

    private async Task RunAsync(int seed, bool strict, Func<IReadOnlyList<MemcachedServer>, MemcachedServerOptions[]> change)
    {
        var told = 0L;
        Pool.ServersChanged += (_, changed) => told = told == changed.Version - 1 || told == 0 ? changed.Version : -1;
        Pool.ServerFailed += (_, failed) => Assert.Fail(failed.Error.Message);
        using var done = new CancellationTokenSource();
        var clock = Task.Run(() => RunClockAsync(new Random(seed), done.Token), CancellationToken.None);
        var changes = Task.Run(() => ChangeAsync(new Random(seed), change, done.Token), CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller =>
            Task.Run(() => CallAsync(new Random((seed * 1000) + caller), strict), CancellationToken.None))).WaitAsync(Patience, Token);

        await done.CancelAsync();
        await changes.WaitAsync(Patience, Token);
        await Task.WhenAll(_drained).WaitAsync(Patience, Token);
        await clock;
        Assert.True(Pool.TopologyVersion > 20, $"{Pool.TopologyVersion} changes are hardly any");
        await Fleet.UntilAsync(() => Interlocked.Read(ref told) == Pool.TopologyVersion);
        Assert.True(_source.Checked > Callers * CallsPerCaller / 3, $"only {_source.Checked} values were checked");
        Assert.Equal(0, Pool.WaitingForCreation);
    }

    private async Task RunClockAsync(Random random, CancellationToken done)
    {
        while (!done.IsCancellationRequested || !_drained.TrueForAll(static drained => drained.IsCompleted))
        {
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(100) == 0 ? 2000 : 20));
            await Task.Delay(1, CancellationToken.None);
        }
    }

    // The callers' number decides when, so that every schedule has about as many changes for as many calls.
    private async Task ChangeAsync(Random random, Func<IReadOnlyList<MemcachedServer>, MemcachedServerOptions[]> change, CancellationToken done)
    {
        for (var next = 0; !done.IsCancellationRequested;)
        {
            if (Volatile.Read(ref _calls) >= next)
            {
                next += random.Next(1, 100);
                _drained.Add(Pool.UpdateServersAsync(change(Pool.Servers), CancellationToken.None).AsTask());
            }

            await Task.Delay(random.Next(3), CancellationToken.None);
        }
    }

    private async Task CallAsync(Random random, bool strict)
    {
        for (var i = 0; i < CallsPerCaller; i++)
        {
            var key = random.Next(Keys);
            await CallAsync(random, strict, key, VersionedSource.KeyOf(key));
            Interlocked.Increment(ref _calls);
        }
    }

    private async Task CallAsync(Random random, bool strict, int key, string name)
    {
        var floor = FloorsNow(strict)[key];
        switch (random.Next(10))
        {
            case 0:
                await _source.WriteAsync(key, async _ => await Pool.DeleteAsync(name), isHard: true);
                break;
            case 1:
                await _source.WriteAsync(key, async value => await Pool.SetAsync(name, value, Text, TimeSpan.FromSeconds(8)), isHard: true);
                break;
            case 2:
                await _source.WriteAsync(key, async _ => await Pool.DeleteManyAsync([name, "another"]), isHard: true);
                break;
            case 3:
                Check(key, await Pool.GetAsync(name, Text), floor);
                break;
            case 4:
                await GetManyAsync(strict);
                break;
            case 5:
                await GetOrCreateManyAsync(strict, Options[random.Next(Options.Length)]);
                break;
            case 6:
                Assert.NotEqual(0UL, await Pool.IncrementAsync("counter", 1, 1));
                break;
            default:
                var value = await Pool.GetOrCreateAsync(name, _ => CreateAsync(key, random.Next(3)), Text, Options[random.Next(Options.Length)]);
                _source.Check(key, value, floor);
                break;
        }
    }

    private int[] FloorsNow(bool strict) => [.. Enumerable.Range(0, Keys).Select(key => strict ? _source.FloorOf(key) : 0)];

    private async Task GetManyAsync(bool strict)
    {
        var floors = FloorsNow(strict);
        foreach (var (name, value) in await Pool.GetManyAsync(Enumerable.Range(0, Keys).Select(VersionedSource.KeyOf), Text))
        {
            var key = int.Parse(name["key-".Length..], CultureInfo.InvariantCulture);
            _source.Check(key, value, floors[key]);
        }
    }

    private async Task GetOrCreateManyAsync(bool strict, GetOrCreateOptions options)
    {
        var floors = FloorsNow(strict);
        var found = await Pool.GetOrCreateManyAsync(
            Enumerable.Range(0, Keys), 0, static (ref writer, _, key) => writer.AppendWhole(VersionedSource.KeyOf(key)), KeyPolicy.Reject,
            async (keys, _) =>
            {
                await Task.Yield();
                return keys.ToDictionary(key => key, _source.Read);
            },
            Text, options);
        Assert.Equal(Keys, found.Count);
        foreach (var (key, value) in found)
        {
            _source.Check(key, value, floors[key]);
        }
    }

    private async ValueTask<string> CreateAsync(int key, int pause)
    {
        var value = _source.Read(key);
        await Task.Delay(pause, CancellationToken.None);
        return value;
    }

    private void Check(int key, string? value, int floor)
    {
        if (value is not null)
        {
            _source.Check(key, value, floor);
        }
    }
}
