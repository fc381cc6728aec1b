using Microsoft.Extensions.Time.Testing;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Runtime.Tests.Entries;

public sealed class EntryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(55));
    private readonly MemcachedPool _pool;

    public EntryTests() => _pool = MemcachedPool.InMemory(servers: 2, options => options.TimeProvider = _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CacheEntry<string> Entry => new(_pool, "entry"u8, CacheCodecs.String, CacheExpiry.FromSeconds(60));

    private CacheCounter Counter => new(_pool, "counter"u8, CacheExpiry.FromSeconds(60));

    private CacheEntrySet<int, string> Set => new(
        _pool,
        static (ref writer, key) =>
        {
            writer.AppendLiteral("set:"u8);
            writer.Append(key);
        },
        KeyPolicy.Escape,
        CacheCodecs.String);

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void A_counter_that_a_long_does_not_hold_names_the_type_that_does()
    {
        Assert.Equal(long.MaxValue, CacheCounter.ToSigned(long.MaxValue));
        Assert.Null(CacheCounter.ToSigned((ulong?)null));
        var refused = Assert.Throws<OverflowException>(() => CacheCounter.ToSigned((ulong?)long.MaxValue + 1));
        Assert.Contains("at 9223372036854775808", refused.Message, StringComparison.Ordinal);
        Assert.Contains("return ulong", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_reads_and_removes()
    {
        var entry = Entry;
        Assert.Null(await entry.GetAsync(cancellationToken: Token));
        Assert.False(await entry.ReplaceAsync("none", cancellationToken: Token));
        Assert.True(await entry.AddAsync("added", cancellationToken: Token));
        Assert.False(await entry.AddAsync("again", cancellationToken: Token));
        Assert.Equal("added", await entry.GetAsync(cancellationToken: Token));
        Assert.True(await entry.ReplaceAsync("replaced", cancellationToken: Token));
        await entry.SetAsync("set", cancellationToken: Token);
        Assert.True(await entry.ExistsAsync(cancellationToken: Token));
        Assert.Equal("set", await _pool.GetAsync(entry.Key, CacheCodecs.String, cancellationToken: Token));
        Assert.True(await entry.DeleteAsync(cancellationToken: Token));
        Assert.False((await entry.GetValueAsync(cancellationToken: Token)).Found);
    }

    [Fact]
    public async Task A_set_sees_to_many()
    {
        var set = Set;
        Assert.Equal([1, 2], (await set.AddManyAsync([new(1, "a"), new(2, "b")], cancellationToken: Token)).Order());
        Assert.Equal([3], await set.AddManyAsync([new(2, "new"), new(3, "c")], cancellationToken: Token));
        Assert.Equal([1, 3], (await set.ExistsManyAsync([1, 3, 4], Token)).Order());

        var read = await set.GetManyValuesAsync([1, 2, 4], Token);
        await set[2].SetAsync("other", cancellationToken: Token);
        var results = await set.CompareAndSetManyAsync(read.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.With(pair.Value.Value + "!"))), cancellationToken: Token);
        Assert.Equal([(1, CasResult.Stored), (2, CasResult.Changed)], results.Select(result => (result.Key, result.Value)).Order());
        Assert.Equal(["a!", "other", "c"], (await set.GetManyAsync([1, 2, 3], Token)).OrderBy(pair => pair.Key).Select(pair => pair.Value));

        Assert.Equal([1], await set.TouchManyAsync([1, 4], TimeSpan.FromSeconds(10), Token));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal([2, 3], (await set.ExistsManyAsync([1, 2, 3], Token)).Order());
    }

    [Fact]
    public async Task A_set_names_the_values_that_it_cannot_read()
    {
        var numbers = new CacheEntrySet<int, long>(_pool, static (ref writer, key) => writer.Append(key), KeyPolicy.Escape, CacheCodecs.Int64);
        await numbers.SetManyAsync([new(1, 10), new(2, 20), new(3, 30)], cancellationToken: Token);
        await _pool.SetAsync("2", "text", CacheCodecs.String, cancellationToken: Token);

        var found = await numbers.GetManyAsync([1, 2, 3, 4], Token);

        Assert.Equal([10, 30], found.Values.Order());
        Assert.Equal("2", Assert.Single(found.Unreadable).Value.Key);
    }

    [Fact]
    public async Task Compares_before_it_stores()
    {
        await Entry.SetAsync("first", cancellationToken: Token);
        var read = await Entry.GetValueAsync(cancellationToken: Token);

        Assert.Equal(CasResult.Stored, await Entry.CompareAndSetAsync("second", read.Cas, cancellationToken: Token));
        Assert.Equal(CasResult.Changed, await Entry.CompareAndSetAsync("third", read.Cas, cancellationToken: Token));
        Assert.Equal("second", await Entry.GetAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task Expires_when_the_entry_says_so_unless_the_call_does()
    {
        await Entry.SetAsync("own", cancellationToken: Token);
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.True(await Entry.TouchAsync(cancellationToken: Token));
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal("own", await Entry.GetAsync(cancellationToken: Token));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(await Entry.GetAsync(cancellationToken: Token));

        await Entry.SetAsync("longer", TimeSpan.FromSeconds(90), cancellationToken: Token);
        _time.Advance(TimeSpan.FromSeconds(80));
        Assert.Equal("longer", await Entry.GetAsync(cancellationToken: Token));
        Assert.True(await Entry.TouchAsync(CacheExpiry.Never, cancellationToken: Token));
        _time.Advance(TimeSpan.FromDays(400));
        Assert.Equal("longer", await Entry.GetAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task Counts()
    {
        Assert.Null(await Counter.GetAsync(cancellationToken: Token));
        Assert.Equal(0UL, await Counter.DecrementAsync(cancellationToken: Token));
        Assert.Equal(5UL, await Counter.IncrementAsync(5, cancellationToken: Token));
        Assert.Equal(6UL, await Counter.IncrementAsync(cancellationToken: Token));
        Assert.Equal(4UL, await Counter.DecrementAsync(2, cancellationToken: Token));
        Assert.Equal(4UL, await Counter.GetAsync(cancellationToken: Token));
        await Counter.ResetAsync(cancellationToken: Token);
        Assert.Equal(0UL, await Counter.GetAsync(cancellationToken: Token));
        Assert.Equal(1UL, await Counter.IncrementAsync(cancellationToken: Token));
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(await Counter.GetAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task Reads_and_writes_many()
    {
        await Set.SetManyAsync(new Dictionary<int, string> { [1] = "one", [2] = "two" }, cancellationToken: Token);
        Assert.Equal("two", await Set[2].GetAsync(cancellationToken: Token));
        await Set[3].SetAsync("three", cancellationToken: Token);

        var found = await Set.GetManyAsync([1, 3, 4], cancellationToken: Token);

        Assert.Equal(new Dictionary<int, string> { [1] = "one", [3] = "three" }, found);
        Assert.Equal(2, await Set.DeleteManyAsync([2, 3, 4], cancellationToken: Token));
        Assert.Equal("one", await _pool.GetAsync("set:1", CacheCodecs.String, cancellationToken: Token));
        Assert.Null(await Set[3].GetAsync(cancellationToken: Token));
    }

    [Fact]
    public void Shows_its_key()
    {
        Assert.Equal("entry", Entry.ToString());
        Assert.Equal("counter", Counter.ToString());
        Assert.Equal("set:7", Set[7].Key);
    }

    [Fact]
    public async Task Says_where_entries_come_from()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(static async () => await default(CacheEntry<string>).GetAsync(cancellationToken: Token));
        Assert.Contains("CacheEntry is default", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(static () => default(CacheEntrySet<int, string>)[1]);
        await Assert.ThrowsAsync<InvalidOperationException>(static async () => await default(CacheCounter).IncrementAsync(cancellationToken: Token));
        Assert.Equal("", default(CacheEntry<string>).ToString());
    }
}
