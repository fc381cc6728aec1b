using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>
/// Whatever callers, deletes, invalidations, stores, expiries and failures come together: each caller gets a value of its key, and none
/// older than the last hard delete or store which was complete before the call began.
/// </summary>
public sealed class CreationGuaranteeTests
{
    private const int Keys = 6;
    private const int Callers = 24;
    private const int CallsPerCaller = 250;
    private const int LeastChecked = Callers * 10;

    // Only keeps the test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly GetOrCreateOptions[] Options =
    [
        new() { Expires = TimeSpan.FromSeconds(3), LeaseTime = TimeSpan.FromSeconds(2), LeaseWait = TimeSpan.FromMilliseconds(500) },
        new() { Expires = TimeSpan.FromSeconds(3), Stale = Grace, LeaseTime = TimeSpan.FromSeconds(2), LeaseWait = TimeSpan.FromSeconds(1), Jitter = 0.5 },
        new() { Expires = TimeSpan.FromSeconds(3), Stale = Grace, FailSafe = TimeSpan.FromSeconds(2), LeaseTime = TimeSpan.FromSeconds(2) },
    ];

    private readonly VersionedSource _source = new(Keys);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    public async Task No_caller_sees_a_wrong_an_empty_or_an_outdated_value(int servers, int seed)
    {
        await using var fleet = new Fleet(servers);
        MemcachedPool[] pools = [fleet.Join(), fleet.Join(), fleet.Join()];
        using var done = new CancellationTokenSource();
        var clock = Task.Run(() => fleet.RunClockAsync(new Random(seed), done.Token), CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller =>
            Task.Run(() => CallAsync(fleet, pools[caller % pools.Length], new Random((seed * 1000) + caller)), CancellationToken.None))).WaitAsync(Patience, TestContext.Current.CancellationToken);

        await done.CancelAsync();
        await clock;
        Assert.True(_source.Checked > Callers * CallsPerCaller / 2, $"only {_source.Checked} values were checked");
        foreach (var pool in pools)
        {
            await fleet.PassTimeUntilAsync(() => pool.WaitingForCreation == 0);
        }

        await AssertNothingIsStuckAsync(fleet, pools[0]);
    }

    /// <summary>
    /// Servers which are restarted lose what they hold, and give their CAS numbers anew: what a server gives out is still never older
    /// than the last delete or store that was complete.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public async Task No_create_from_before_a_restart_is_stored_over_a_later_delete(int servers, int seed)
    {
        await using var fleet = new Fleet(servers);
        MemcachedPool[] pools = [.. Enumerable.Range(0, 3).Select(number => fleet.Join(options =>
        {
            (options.AllowFailover, options.RetryInterval, options.ConnectionsPerServer) = (false, TimeSpan.FromMilliseconds(50), 1 + (number % 2));
        }))];

        // A server that is new to a pool and hangs up twice, as one does that is restarted twice just then, is taken for a proxy.
        foreach (var pool in pools)
        {
            await pool.GetManyAsync(Enumerable.Range(0, 20).Select(VersionedSource.KeyOf), Text, TestContext.Current.CancellationToken);
        }

        using var done = new CancellationTokenSource();
        var clock = Task.Run(() => fleet.RunClockAsync(new Random(seed), done.Token), CancellationToken.None);
        var restarts = Task.Run(() => RestartAsync(fleet, servers, new Random(seed), done.Token), CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller =>
            Task.Run(() => CallThroughRestartsAsync(fleet, pools[caller % pools.Length], new Random((seed * 1000) + caller)), CancellationToken.None))).WaitAsync(Patience, TestContext.Current.CancellationToken);

        await done.CancelAsync();
        await clock;
        Assert.True(await restarts > 10, "the servers were hardly restarted");
    }

    private async Task<int> RestartAsync(Fleet fleet, int servers, Random random, CancellationToken done)
    {
        var count = 0;
        while (!done.IsCancellationRequested)
        {
            // On a busy machine it takes a while until anything is found between two restarts.
            var seen = _source.Checked;
            await Task.Delay(random.Next(5, 40), CancellationToken.None);
            while (_source.Checked < seen + 10 && !done.IsCancellationRequested)
            {
                await Task.Delay(1, CancellationToken.None);
            }

            fleet.Restart(random.Next(servers));
            count++;
        }

        return count;
    }

    private async Task CallThroughRestartsAsync(Fleet fleet, MemcachedPool pool, Random random)
    {
        // While a server is away, calls fail at once: so many have to get through, however long that takes.
        for (var i = 0; i < CallsPerCaller || _source.Checked <= LeastChecked; i++)
        {
            var key = random.Next(2);
            var name = VersionedSource.KeyOf(key);
            try
            {
                switch (random.Next(8))
                {
                    case 0:
                        await _source.WriteAsync(key, async _ => await pool.DeleteAsync(name), isHard: true);
                        break;
                    case 1:
                        await _source.WriteAsync(key, async value => await pool.SetAsync(name, value, Text, TimeSpan.FromSeconds(8)), isHard: true);
                        break;
                    case 2:
                        await _source.WriteAsync(key, async value => await CompareAndSetAsync(pool, name, value), isHard: false);
                        break;
                    case 3 or 4:
                        await ReadPlainlyAsync(pool, key);
                        break;
                    default:
                        await CreateThroughRestartsAsync(fleet, pool, key, random);
                        break;
                }
            }
            catch (MemcachedException)
            {
                // The server was gone, and perhaps the answer with it. Calls until it is back would say nothing.
                do
                {
                    await Task.Delay(1, CancellationToken.None);
                }
                while (pool.Servers.Any(static server => server.State == ServerState.Failed));
            }
        }
    }

    private static async Task CompareAndSetAsync(MemcachedPool pool, string name, string value)
    {
        if (await pool.GetValueAsync(name, Text) is { Found: true } read)
        {
            await pool.CompareAndSetAsync(name, value, read.Cas, Text, TimeSpan.FromSeconds(8));
        }
    }

    // While a server cannot be reached, what is created is given out unfenced, and shared: what counts here is what is stored.
    private async Task CreateThroughRestartsAsync(Fleet fleet, MemcachedPool pool, int key, Random random)
    {
        var delay = random.Next(2) == 0 ? random.Next(300) : 0;
        await pool.GetOrCreateAsync(VersionedSource.KeyOf(key), token => ReadSourceAsync(fleet, key, delay, fails: false, token), Text, Options[0]);
    }

    private static void Key(ref CacheKeyWriter writer, int state, int key) => writer.Append(VersionedSource.KeyOf(key));

    private async Task CallAsync(Fleet fleet, MemcachedPool pool, Random random)
    {
        for (var i = 0; i < CallsPerCaller; i++)
        {
            var key = random.Next(Keys);
            var name = VersionedSource.KeyOf(key);
            switch (random.Next(20))
            {
                case 0:
                    await _source.WriteAsync(key, async _ => await pool.DeleteAsync(name), isHard: true);
                    break;
                case 1:
                    await _source.WriteAsync(key, async _ => await pool.InvalidateAsync(name, Grace), isHard: false);
                    break;
                case 2:
                    await _source.WriteAsync(key, async value => await pool.SetAsync(name, value, Text, TimeSpan.FromSeconds(8)), isHard: true);
                    break;
                case 3 or 4:
                    await ReadPlainlyAsync(pool, key);
                    break;
                case 5 or 6:
                    await CreateManyAsync(fleet, pool, random);
                    break;
                default:
                    await CreateAsync(fleet, pool, key, random);
                    break;
            }
        }
    }

    private async Task CreateAsync(Fleet fleet, MemcachedPool pool, int key, Random random)
    {
        var floor = _source.FloorOf(key);
        var fails = random.Next(8) == 0;
        var delay = random.Next(3) == 0 ? random.Next(400) : 0;
        using var leaves = new CancellationTokenSource(random.Next(10) == 0 ? TimeSpan.FromMilliseconds(random.Next(100)) : Timeout.InfiniteTimeSpan, fleet.Time);
        try
        {
            var value = await pool.GetOrCreateAsync(
                VersionedSource.KeyOf(key), token => ReadSourceAsync(fleet, key, delay, fails, token), Text, Options[random.Next(Options.Length)], cancellationToken: leaves.Token);
            _source.Check(key, value, floor);
        }
        catch (InvalidDataException)
        {
            // The source said no, to this caller or to the one it shared the creation with.
        }
        catch (OperationCanceledException) when (leaves.IsCancellationRequested)
        {
            // The caller left.
        }
    }

    private async Task CreateManyAsync(Fleet fleet, MemcachedPool pool, Random random)
    {
        int[] keys = [.. Enumerable.Range(0, Keys).Where(_ => random.Next(2) == 0)];
        int[] floors = [.. keys.Select(_source.FloorOf)];
        var fails = random.Next(8) == 0;
        try
        {
            var values = await pool.GetOrCreateManyAsync(
                keys,
                0,
                Key,
                KeyPolicy.Escape,
                async (missing, token) =>
                {
                    var created = new Dictionary<int, string>();
                    foreach (var key in missing)
                    {
                        created.Add(key, await ReadSourceAsync(fleet, key, delay: 0, fails, token));
                    }

                    return created;
                },
                Text,
                Options[random.Next(Options.Length)]);
            Assert.Equal(keys, values.Keys.Order());
            for (var i = 0; i < keys.Length; i++)
            {
                _source.Check(keys[i], values[keys[i]], floors[i]);
            }
        }
        catch (InvalidDataException)
        {
            // The source said no.
        }
    }

    private async Task ReadPlainlyAsync(MemcachedPool pool, int key)
    {
        var name = VersionedSource.KeyOf(key);
        var floor = _source.FloorOf(key);
        if (await pool.GetAsync(name, Text) is { } value)
        {
            _source.Check(key, value, floor);
        }

        if ((await pool.GetManyAsync([name], Text)).TryGetValue(name, out var ofMany))
        {
            _source.Check(key, ofMany, floor);
        }
    }

    private async ValueTask<string> ReadSourceAsync(Fleet fleet, int key, int delay, bool fails, CancellationToken token)
    {
        var value = _source.Read(key);
        if (delay > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay), fleet.Time, token);
        }

        return fails ? throw new InvalidDataException() : value;
    }

    private async Task AssertNothingIsStuckAsync(Fleet fleet, MemcachedPool pool)
    {
        for (var key = 0; key < Keys; key++)
        {
            var name = VersionedSource.KeyOf(key);
            await _source.WriteAsync(key, async _ => await pool.DeleteAsync(name), isHard: true);
            var last = await fleet.PassTimeAsync(pool.GetOrCreateAsync(name, _ => ValueTask.FromResult(_source.Read(key)), Text, Options[0]).AsTask());
            Assert.Equal(_source.Read(key), last);
            Assert.Equal(last, await pool.GetAsync(name, Text));
        }
    }
}
