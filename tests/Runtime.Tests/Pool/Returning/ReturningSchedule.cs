using TypedCache.Values;

namespace TypedCache.Tests.Pool.Returning;

/// <summary>A pool of servers that leave and return at random, and callers who each use keys of their own at random.</summary>
internal sealed class ReturningSchedule : IAsyncDisposable
{
    private const int Callers = 2;
    private const int KeysPerCaller = 2;
    private const int Steps = 30;

    private readonly ReturningServer[] _servers = [.. Enumerable.Range(0, 3).Select(_ => new ReturningServer())];
    private readonly KeyModel[] _keys;
    private readonly MemcachedPool _pool;
    private readonly int _seed;
    private readonly bool _mayBeSilent;
    private readonly bool _hasCopies;

    public ReturningSchedule(int seed, bool mayBeSilent, Action<MemcachedPoolOptions>? configure = null)
    {
        _seed = seed;
        _mayBeSilent = mayBeSilent;
        _keys = [.. Enumerable.Range(0, Callers * (KeysPerCaller + 1)).Select(number => new KeyModel($"key-{seed % 97}-{number}"))];
        var options = new MemcachedPoolOptions
        {
            OperationTimeout = TimeSpan.FromMilliseconds(mayBeSilent ? 60 : 5000),
            RetryInterval = TimeSpan.FromMilliseconds(3),
        };
        for (var i = 0; i < _servers.Length; i++)
        {
            options.Servers.Add(new MemcachedServerOptions($"server-{i}"));
        }

        configure?.Invoke(options);
        _hasCopies = options.Redundancy > 1;
        _pool = MemcachedPool.Over(options, server => _servers[server.Host[^1] - '0'].Connector);
    }

    /// <summary>Of how many keys something has been made up for.</summary>
    public int Missed { get; private set; }

    /// <summary>Runs it.</summary>
    /// <returns>What was read although it should have been gone.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        using var over = new CancellationTokenSource();
        var chaos = Task.Run(() => DisturbAsync(new Random(_seed), over.Token));
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller))));
        await over.CancelAsync();
        await chaos;
        foreach (var key in _keys)
        {
            await TryAsync(() => key.GetAsync(_pool));
        }

        return [.. _keys.SelectMany(key => key.Mistakes)];
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        Array.ForEach(_servers, static server => server.Dispose());
    }

    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (MemcachedException)
        {
            // It may or may not have been carried out.
        }
    }

    private async Task CallAsync(int caller)
    {
        var random = new Random(unchecked((_seed * 31) + caller));
        var keys = _keys.AsMemory(caller * (KeysPerCaller + 1), KeysPerCaller + 1).ToArray();
        var counter = keys[^1];
        for (var step = 0; step < Steps; step++)
        {
            var key = keys[random.Next(KeysPerCaller)];
            await TryAsync(() => random.Next(12) switch
            {
                // A copy counts, and looks for a value to add to, by itself: where its server lost its memory it differs from the original.
                5 or 7 when _hasCopies => key.GetAsync(_pool),
                0 or 1 => key.SetAsync(_pool),
                2 => key.DeleteAsync(_pool),
                3 => key.InvalidateAsync(_pool),
                4 => key.GetOrCreateAsync(_pool),
                5 => key.AddAsync(_pool),
                6 => key.CompareAndSetAsync(_pool),
                7 => counter.CountAsync(_pool),
                8 => SetManyAsync(keys[..KeysPerCaller]),
                9 => DeleteManyAsync(keys[..KeysPerCaller]),
                10 => GetManyAsync(keys[..KeysPerCaller]),
                _ => key.GetAsync(_pool),
            });
            if (random.Next(4) == 0)
            {
                await Task.Delay(random.Next(3));
            }
        }
    }

    private async Task SetManyAsync(KeyModel[] keys)
    {
        var values = keys.ToDictionary(key => key.Key, key => key.Begin());
        await _pool.SetManyAsync(values, CacheCodecs.Int64);
        Array.ForEach(keys, key => key.Completed(values[key.Key]));
    }

    private async Task DeleteManyAsync(KeyModel[] keys)
    {
        var moments = keys.ToDictionary(key => key.Key, key => key.Begin());
        await _pool.DeleteManyAsync(moments.Keys);
        Array.ForEach(keys, key => key.Completed(moments[key.Key]));
    }

    private async Task GetManyAsync(KeyModel[] keys)
    {
        var values = await _pool.GetManyAsync(keys.Select(key => key.Key), CacheCodecs.Int64);
        foreach (var key in keys)
        {
            if (values.TryGetValue(key.Key, out var value))
            {
                key.Read(value);
            }
        }
    }

    private async Task DisturbAsync(Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var number = random.Next(_servers.Length);
            var server = _servers[number];
            Missed = Math.Max(Missed, _pool.Servers.Sum(one => one.MissedDeletes));
            switch (random.Next(_mayBeSilent ? 12 : 11))
            {
                case < 3:
                    server.Leave();
                    break;
                case < 7:
                    server.Return();
                    break;
                case 7:
                    server.Restart();
                    break;
                case 8:
                    server.LoseNext(random.Next(2) == 0 ? Fault.LostBefore : Fault.LostAfter);
                    break;
                case 9:
                    _pool.Servers[number].Disable();
                    break;
                case 10:
                    Array.ForEach([.. _pool.Servers], static one => one.Enable());
                    break;
                default:
                    server.FallSilent();
                    break;
            }

            await Task.Delay(random.Next(4), CancellationToken.None);
        }

        Array.ForEach(_servers, static server => server.Return());
        Array.ForEach([.. _pool.Servers], static server => server.Enable());
    }
}
