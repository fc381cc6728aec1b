using System.Buffers;
using System.Text;
using TypedCache.Keys;
using TypedCache.Tests.Near;
using TypedCache.Tests.Pool;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Near;

/// <summary>Somebody who reads and writes in all ways, in an order that is drawn.</summary>
/// <param name="truth">What reads may see.</param>
/// <param name="member">The process.</param>
/// <param name="place">Which of its callers this is.</param>
/// <param name="counts">What has been done.</param>
/// <param name="seed">What is drawn.</param>
internal sealed class NearCaller(NearTruth truth, NearMember member, int place, NearCounts counts, int seed)
{
    private const int Bursts = 8;
    private const int Burst = 8;

    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly CacheExpiry Minute = CacheExpiry.FromSeconds(60);

    // Time that is left when a value that may be stale becomes so.
    private static readonly TimeSpan StaleTime = TimeSpan.FromSeconds(30);

    private static readonly NearOptions[] Nears =
    [
        new() { Duration = TimeSpan.FromMilliseconds(100), SharesValues = true },
        new() { Duration = TimeSpan.FromMilliseconds(200) },
        new() { Duration = TimeSpan.FromMilliseconds(100), Revalidate = TimeSpan.FromSeconds(5), SharesValues = true },
        new() { Duration = TimeSpan.FromMilliseconds(300), Revalidate = TimeSpan.FromSeconds(2), SharesValues = true },
        new() { Duration = TimeSpan.FromMilliseconds(100), Revalidate = TimeSpan.FromSeconds(5) },
    ];

    private static readonly GetOrCreateOptions Plain = OptionsOf(near: null, mayBeStale: false);
    private static readonly GetOrCreateOptions Stale = OptionsOf(near: null, mayBeStale: true);
    private static readonly GetOrCreateOptions[] NearPlain = [.. Nears.Select(static near => OptionsOf(near, mayBeStale: false))];
    private static readonly GetOrCreateOptions[] NearStale = [.. Nears.Select(static near => OptionsOf(near, mayBeStale: true))];

    private readonly Random _random = new(seed);
    private readonly MemcachedPool _pool = member.Pool;

    /// <summary>Does something, and then reads a lot.</summary>
    public async Task StepAsync()
    {
        try
        {
            await OperateAsync();
            Interlocked.Increment(ref counts.Operations);
            for (var i = 0; i < Bursts; i++)
            {
                await ReadNearAsync(Burst, () => _random.Next(NearKeys.Hot));
                await GetOrCreateNearAsync(_random.Next(NearKeys.Hot));
                Interlocked.Increment(ref counts.Operations);
            }
        }
        catch (MemcachedException)
        {
            // A server is not back yet.
            Interlocked.Increment(ref counts.Failed);
            await Task.Delay(1, CancellationToken.None);
        }
        finally
        {
            member.Pending.End(place);
        }
    }

    private static GetOrCreateOptions OptionsOf(NearOptions? near, bool mayBeStale) => new()
    {
        Expires = mayBeStale ? CacheExpiry.FromSeconds(2) : Minute,
        Stale = mayBeStale ? StaleTime : TimeSpan.Zero,
        LeaseWait = TimeSpan.FromSeconds(1),
        Near = near,
    };

    private Task OperateAsync()
    {
        var key = NearKeys.Next(_random);
        return _random.Next(100) switch
        {
            < 25 => WriteAsync(key, _random.Next(13)),
            < 28 => InvalidateAsync(key),
            < 31 => TouchAsync(key),
            < 39 => GetManyNearAsync(),
            < 42 => GetManyAsync(),
            < 54 => GetOrCreateNearAsync(key),
            < 59 => GetOrCreateAsync(key),
            < 66 => GetOrCreateManyAsync(),
            < 74 => UseEntryAsync(key),
            < 82 => GetAsync(key),
            _ => ReadNearAsync(4, () => _random.Next(NearKeys.Count)),
        };
    }

    private Task WriteAsync(int key, int kind)
    {
        Interlocked.Increment(ref counts.Writes);
        var name = NearTruth.NameOf(key);
        return truth.WriteAsync(key, member.Number, async value =>
        {
            switch (kind)
            {
                case 0 or 1:
                    await _pool.DeleteAsync(name);
                    return true;
                case 2:
                    await _pool.DeleteManyAsync([name]);
                    return true;
                case 3:
                    return await _pool.ReplaceAsync(name, value, Text, Minute);
                case 4:
                    return await _pool.AddAsync(name, value, Text, Minute);
                case 5:
                    return (await _pool.AddManyAsync([KeyValuePair.Create(name, value)], Text, Minute)).Count == 1;
                case 6:
                    await _pool.SetManyAsync([KeyValuePair.Create(name, value)], Text, Minute);
                    return true;
                case 7:
                    return await CompareAndSetAsync(name, value);
                case 8:
                    await _pool.SetItemAsync(name, value, static (writer, text) => writer.Write(Encoding.ASCII.GetBytes(text)), flags: 0, Minute);
                    return true;
                case 9:
                    await _pool.SetAsync(name, value, Text, CacheExpiry.FromSeconds(2));
                    return true;
                default:
                    await _pool.SetAsync(name, value, Text, StaleTime + TimeSpan.FromSeconds(2));
                    return true;
            }
        });
    }

    private async Task<bool> CompareAndSetAsync(string name, string value) =>
        await _pool.GetValueAsync(name, Text) is { Found: true } read
        && await _pool.CompareAndSetAsync(name, value, read.Cas, Text, Minute) == CasResult.Stored;

    // What is invalidated may be given out as stale; where nothing may be, it is removed.
    private Task InvalidateAsync(int key) => truth.WriteAsync(key, member.Number, async _ =>
    {
        var mayBeStale = NearKeys.MayBeStale(key);
        await _pool.InvalidateAsync(NearTruth.NameOf(key), mayBeStale ? StaleTime : TimeSpan.Zero);
        return !mayBeStale;
    });

    private async Task TouchAsync(int key)
    {
        var (name, floor) = (NearTruth.NameOf(key), truth.FloorOf(key));
        if (_random.Next(2) == 0)
        {
            await _pool.TouchAsync(name, CacheExpiry.FromSeconds(2));
        }
        else
        {
            truth.Check(key, await _pool.GetAndTouchAsync(name, Text, Minute), floor, "GetAndTouch");
        }
    }

    private async Task GetAsync(int key)
    {
        var floor = truth.FloorOf(key);
        truth.Check(key, await _pool.GetAsync(NearTruth.NameOf(key), Text), floor, "Get");
    }

    private async Task ReadNearAsync(int count, Func<int> next)
    {
        for (var i = 0; i < count; i++)
        {
            var key = next();
            var near = Nears[NearOf(key)];
            var floor = NearFloorOf(key, near);
            var reading = _pool.GetAsync(NearTruth.NameOf(key), Text, near);
            CountHit(reading.IsCompletedSuccessfully);
            truth.Check(key, await reading, floor, "Get near");
            member.Pending.End(place);
            Interlocked.Increment(ref counts.Operations);
        }
    }

    private async Task GetManyNearAsync()
    {
        var (keys, near) = KeysOfAKind();
        var before = member.Pending.Begin(place).Before(Nears[near].Duration);
        var floors = keys.ToDictionary(static key => key, key => truth.FloorOf(key, member.Number, before));
        CheckAll(await _pool.GetManyAsync(floors.Keys.Select(NearTruth.NameOf), Text, Nears[near]), floors, "GetMany near");
    }

    private async Task GetManyAsync()
    {
        var floors = SomeKeys().ToDictionary(static key => key, truth.FloorOf);
        CheckAll(await _pool.GetManyAsync(floors.Keys.Select(NearTruth.NameOf), Text), floors, "GetMany");
    }

    private async Task GetOrCreateNearAsync(int key)
    {
        var near = NearOf(key);
        var floor = NearFloorOf(key, Nears[near]);
        var options = (NearKeys.MayBeStale(key) ? NearStale : NearPlain)[near];
        var reading = _pool.GetOrCreateAsync(NearTruth.NameOf(key), _ => CreateAsync(key), Text, options);
        CountHit(reading.IsCompletedSuccessfully);
        truth.Check(key, await reading, floor, "GetOrCreate near");
    }

    private async Task GetOrCreateAsync(int key)
    {
        var floor = truth.FloorOf(key);
        var options = NearKeys.MayBeStale(key) ? Stale : Plain;
        truth.Check(key, await _pool.GetOrCreateAsync(NearTruth.NameOf(key), _ => CreateAsync(key), Text, options), floor, "GetOrCreate");
    }

    private async Task GetOrCreateManyAsync()
    {
        var (keys, near) = KeysOfAKind();
        var before = member.Pending.Begin(place).Before(Nears[near].Duration);
        var floors = keys.Where(static key => !NearKeys.MayBeStale(key)).ToDictionary(static key => key, key => truth.FloorOf(key, member.Number, before));
        var found = await _pool.GetOrCreateManyAsync(
            floors.Keys.Select(NearTruth.NameOf).ToArray(), 0, SpareWrite.WholeKey, KeyPolicy.Reject, CreateManyAsync, Text, NearPlain[near]);
        CheckAll(found, floors, "GetOrCreateMany near");
    }

    private async Task UseEntryAsync(int key)
    {
        var near = NearOf(key);
        var options = (NearKeys.MayBeStale(key) ? NearStale : NearPlain)[near];
        var entry = new CacheEntry<string>(_pool, Encoding.ASCII.GetBytes(NearTruth.NameOf(key)), Text, Minute, options);
        if (_random.Next(4) == 0)
        {
            await truth.WriteAsync(key, member.Number, async value =>
            {
                await entry.SetAsync(value);
                return true;
            });
        }

        var floor = NearFloorOf(key, Nears[near]);
        truth.Check(key, await entry.GetAsync(), floor, "entry");
        floor = NearFloorOf(key, Nears[near]);
        truth.Check(key, await entry.GetOrCreateAsync(_ => CreateAsync(key)), floor, "entry, GetOrCreate");
    }

    private async ValueTask<string> CreateAsync(int key)
    {
        var created = Interlocked.Increment(ref counts.Created);
        var value = truth.Read(key);
        for (var i = 0; i < created % 4; i++)
        {
            await Task.Yield();
        }

        return value;
    }

    private async ValueTask<IReadOnlyDictionary<string, string>> CreateManyAsync(IReadOnlyList<string> names, CancellationToken token)
    {
        Interlocked.Increment(ref counts.Created);
        var values = names.ToDictionary(static name => name, name => truth.Read(NearTruth.KeyOf(name)));
        await Task.Yield();
        return values;
    }

    // Each key is read in its own way, and now and then in another one.
    private int NearOf(int key) => _random.Next(50) == 0 ? _random.Next(Nears.Length) : key % Nears.Length;

    private IEnumerable<int> SomeKeys()
    {
        var first = NearKeys.Next(_random);
        return Enumerable.Range(first, 8).Select(static key => key % NearKeys.Count);
    }

    // Now and then so many that they are read over another connection than what is asked meanwhile.
    private (IEnumerable<int> Keys, int Near) KeysOfAKind()
    {
        var first = NearKeys.Next(_random);
        var count = _random.Next(8) == 0 ? 60 : 6;
        return (Enumerable.Range(0, count).Select(i => (first + (i * Nears.Length)) % NearKeys.Count), first % Nears.Length);
    }

    private void CheckAll(IEnumerable<KeyValuePair<string, string>> found, Dictionary<int, long> floors, string how)
    {
        foreach (var (name, value) in found)
        {
            truth.Check(NearTruth.KeyOf(name), value, floors[NearTruth.KeyOf(name)], how);
        }
    }

    private long NearFloorOf(int key, NearOptions near) =>
        truth.FloorOf(key, member.Number, member.Pending.Begin(place).Before(near.Duration));

    private void CountHit(bool isHit)
    {
        if (isHit)
        {
            Interlocked.Increment(ref counts.Hits);
        }
    }
}
