using System.Globalization;
using TypedCache.Values;

namespace TypedCache.Tests.Pool.Returning;

/// <summary>What one caller may read of one key, which only it changes. Values are numbers that rise with each change.</summary>
internal sealed class KeyModel(string key)
{
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(100);

    private long _newest;
    private long _oldest;
    private long _oldestFresh;

    public string Key => key;

    /// <summary>What was read although it should have been gone.</summary>
    public List<string> Mistakes { get; } = [];

    public async Task SetAsync(MemcachedPool pool)
    {
        var value = Begin();
        await pool.SetAsync(key, value, CacheCodecs.Int64);
        Completed(value);
    }

    public async Task AddAsync(MemcachedPool pool)
    {
        var value = Begin();
        if (await pool.AddAsync(key, value, CacheCodecs.Int64))
        {
            Completed(value);
        }
    }

    public async Task DeleteAsync(MemcachedPool pool)
    {
        var moment = Begin();
        await pool.DeleteAsync(key);
        Completed(moment);
    }

    public async Task InvalidateAsync(MemcachedPool pool)
    {
        var moment = Begin();
        await pool.InvalidateAsync(key, Stale);
        _oldestFresh = moment;
    }

    public async Task GetAsync(MemcachedPool pool) => Read(await pool.GetValueAsync(key, CacheCodecs.Int64));

    public async Task GetOrCreateAsync(MemcachedPool pool)
    {
        var value = await pool.GetOrCreateAsync(key, _ => ValueTask.FromResult(Begin()), CacheCodecs.Int64, GetOrCreateOptions.Default);
        Check(value, Math.Max(_oldest, _oldestFresh), "GetOrCreate");
    }

    // Each initial value is larger than all counts before it.
    public async Task CountAsync(MemcachedPool pool)
    {
        var initial = _newest = (_newest / 1000 * 1000) + 1000;
        var value = (long)await pool.IncrementAsync(key, 1, (ulong)initial);
        Check(value, _oldest + 1, "Increment");
        _newest = Math.Max(_newest, value);
        Completed(value);
    }

    public async Task CompareAndSetAsync(MemcachedPool pool)
    {
        var before = await pool.GetValueAsync(key, CacheCodecs.Int64);
        Read(before);
        if (before.Found)
        {
            var value = Begin();
            if (await pool.CompareAndSetAsync(key, value, before.Cas, CacheCodecs.Int64) == CasResult.Stored)
            {
                Completed(value);
            }
        }
    }

    public long Begin() => ++_newest;

    public void Completed(long value) => _oldest = Math.Max(_oldest, value);

    public void Read(CacheValue<long> read)
    {
        if (read.Found)
        {
            Check(read.Value, _oldest, "Get");
        }
    }

    public void Read(long value) => Check(value, _oldest, "GetMany");

    private void Check(long value, long oldest, string how)
    {
        if (value < oldest)
        {
            Mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{how} {key}: {value}, although {oldest} was complete"));
        }
    }
}
