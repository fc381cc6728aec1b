using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TypedCache;
using Xunit;

namespace Runs;

public sealed record City(int Id, string Name);

public enum Level { Low, High }

[CacheClient("runs", Expires = "10m", Stale = "5m", Jitter = "10%")]
public partial interface IRunCache
{
    [CacheKey("city:{id}")]
    ValueTask<City> GetOrCreateCityAsync(int id, Func<CancellationToken, ValueTask<City>> create, CancellationToken ct = default);

    [CacheKey("city:{id}")]
    ValueTask<City?> GetCityAsync(int id, CancellationToken ct = default);

    [CacheKey("city:{id}")]
    ValueTask<bool> InvalidateCityAsync(int id, CancellationToken ct = default);

    [CacheKey("city:{id}")]
    ValueTask<bool> DeleteCityAsync(int id, CancellationToken ct = default);

    [CacheKey("city:{ids}")]
    ValueTask<IReadOnlyDictionary<int, City>> GetOrCreateCitiesAsync(
        IReadOnlyCollection<int> ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, City>>> create, CancellationToken ct = default);

    [CacheKey("one:{id}", Expires = "30d", LeaseWait = "1d")]
    Task<string> GetOrCreateOneAsync(int id, Func<int, CancellationToken, ValueTask<string>> create, CancellationToken ct = default);

    [CacheKey("several:{state}:{token}:{day:yyyyMMdd}")]
    ValueTask<string?> GetOrCreateSeveralAsync(
        string state, Level token, DateOnly day, Func<string, Level, DateOnly, CancellationToken, ValueTask<string?>> @event, CancellationToken @default = default);

    [CacheKey("item:{id}", Stale = "0s", Jitter = "0%")]
    ValueTask<string> GetOrCreateItemAsync(int id, Func<int, CancellationToken, ValueTask<CacheItem<string>>> create, CancellationToken ct = default);

    [CacheKey("maybe:{id}")]
    ValueTask<City?> GetOrCreateMaybeAsync(int id, Func<CancellationToken, ValueTask<City?>> create, CancellationToken ct = default);

    [CacheKey("remembered:{id}", CacheNull = true)]
    ValueTask<City?> GetOrCreateRememberedAsync(int id, Func<CancellationToken, ValueTask<City?>> create, CancellationToken ct = default);

    [CacheKey("short:{id}", Stale = "0s", Jitter = "0%")]
    ValueTask<int?> GetOrCreateShortAsync(int id, Func<CancellationToken, ValueTask<int?>> create, TimeSpan? expires, CancellationToken ct = default);

    [CacheKey("jitter:{values}", Expires = "1000s", Jitter = "50%")]
    ValueTask SetJitteredAsync(IReadOnlyDictionary<int, string> values, CancellationToken ct = default);

    [CacheKey("jitter:{ids}")]
    ValueTask<IReadOnlyDictionary<int, string>> GetJitteredAsync(IEnumerable<int> ids, CancellationToken ct = default);

    [CacheKey("near:{id}", Near = "30s", NearRevalidate = "5m")]
    ValueTask<City?> GetNearAsync(int id, CancellationToken ct = default);

    [CacheKey("near:{ids}", Near = "30s", NearRevalidate = "5m")]
    ValueTask<IReadOnlyDictionary<int, City>> GetNearManyAsync(int[] ids, CancellationToken ct = default);

    [CacheKey("near:{id}", Near = "30s", NearRevalidate = "5m")]
    ValueTask<City> GetOrCreateNearAsync(int id, Func<CancellationToken, ValueTask<City>> create, CancellationToken ct = default);

    [CacheKey("near:{ids}", Near = "30s", NearRevalidate = "5m")]
    ValueTask<IReadOnlyDictionary<int, City>> GetOrCreateNearManyAsync(
        int[] ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, City>>> create, CancellationToken ct = default);

    [CacheKey("near:{id}", Near = "30s", NearRevalidate = "5m")]
    CacheEntry<City> Near(int id);

    [CacheKey("near:{key}", Near = "30s", NearRevalidate = "5m")]
    CacheEntrySet<int, City> Nears();

    [CacheKey("near:{id}", Near = "0s")]
    ValueTask<City?> GetFreshNearAsync(int id, CancellationToken ct = default);

    [CacheKey("near:{id}")]
    ValueTask SetNearAsync(int id, City value, CancellationToken ct = default);

    [CacheKey("lines:{id}", Near = "100ms")]
    ValueTask<List<string>> GetOrCreateNearLinesAsync(int id, Func<CancellationToken, ValueTask<List<string>>> create, CancellationToken ct = default);

    [CacheKey("stored:{id}", Stale = "20m", Jitter = "0%")]
    ValueTask<string> GetOrCreateStoredAsync(int id, Func<CancellationToken, ValueTask<string>> create, CancellationToken ct = default);

    [CacheKey("stored:{id}")]
    ValueTask<string?> GetStoredAsync(int id, CancellationToken ct = default);

    [CacheKey("stored:{id}", Stale = "20m", Jitter = "0%")]
    ValueTask SetStoredAsync(int id, string value, CancellationToken ct = default);

    [CacheKey("stored:{values}", Stale = "20m", Jitter = "0%")]
    ValueTask SetStoredAsync(IReadOnlyDictionary<int, string> values, CancellationToken ct = default);

    [CacheKey("stored:{id}", Stale = "20m", Jitter = "0%")]
    ValueTask<bool> AddStoredAsync(int id, string value, TimeSpan? expires, CancellationToken ct = default);

    [CacheKey("stored:{id}", Stale = "20m", Jitter = "0%")]
    ValueTask<bool> TouchStoredAsync(int id, CacheExpiry expires, CancellationToken ct = default);

    [CacheKey("place:{ids}")]
    ValueTask<CacheValues<int, City>> GetPlacesAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default);

    [CacheKey("place:{ids}")]
    ValueTask<Dictionary<int, CacheValue<City>>> GetManyPlaceValuesAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default);

    [CacheKey("place:{places}", Jitter = "0%")]
    ValueTask<IReadOnlySet<int>> AddPlacesAsync(IReadOnlyDictionary<int, City> places, CancellationToken ct = default);

    [CacheKey("place:{places}", Jitter = "0%")]
    ValueTask<IReadOnlyDictionary<int, CasResult>> CompareAndSetPlacesAsync(IReadOnlyDictionary<int, CacheValue<City>> places, CancellationToken ct = default);

    [CacheKey("place:{ids}", Jitter = "0%")]
    ValueTask<int> TouchPlacesAsync(IEnumerable<int> ids, TimeSpan? expires = null, CancellationToken ct = default);

    [CacheKey("place:{ids}")]
    ValueTask<HashSet<int>> ExistsManyPlacesAsync(IEnumerable<int> ids, CancellationToken ct = default);

    [CacheKey("town:{id}")]
    CacheEntry<City> Town(int id);

    [CacheKey("village:{country}:{key}")]
    CacheEntrySet<int, City> Villages(string country);
}

/// <summary>What generated methods do over an embedded server whose clock a test moves.</summary>
public static class Scenarios
{
    private static int _created;

    public static async Task One_call_creates_and_the_others_read(IRunCache cache, Action<TimeSpan> advance)
    {
        Assert.Equal(Created(1), await cache.GetOrCreateCityAsync(1, _ => Create(1)));
        Assert.Equal(Created(1), await cache.GetOrCreateCityAsync(1, _ => throw new InvalidOperationException()));
        Assert.Equal(Created(1), await cache.GetCityAsync(1));
    }

    public static async Task The_keys_arguments_are_passed_on(IRunCache cache, Action<TimeSpan> advance)
    {
        var day = new DateOnly(2027, 9, 29);

        Assert.Equal("one 7", await cache.GetOrCreateOneAsync(7, static (id, _) => new ValueTask<string>($"one {id}")));
        Assert.Equal(
            "a High 29",
            await cache.GetOrCreateSeveralAsync("a", Level.High, day, static (text, level, day, _) => new ValueTask<string?>($"{text} {level} {day.Day}")));
        Assert.Equal(
            "a High 29",
            await cache.GetOrCreateSeveralAsync("a", Level.High, day, static (_, _, _, _) => throw new InvalidOperationException()));
    }

    public static async Task An_item_chooses_its_expiry_or_is_not_stored(IRunCache cache, Action<TimeSpan> advance)
    {
        Assert.Equal("first", await cache.GetOrCreateItemAsync(1, static (_, _) => Item(CacheItem.NotCached("first"))));
        Assert.Equal("second", await cache.GetOrCreateItemAsync(1, static (_, _) => Item(new CacheItem<string>("second", TimeSpan.FromHours(1)))));
        advance(TimeSpan.FromMinutes(59));
        Assert.Equal("second", await cache.GetOrCreateItemAsync(1, static (_, _) => Item(new CacheItem<string>("third"))));
        advance(TimeSpan.FromMinutes(2));
        Assert.Equal("third", await cache.GetOrCreateItemAsync(1, static (_, _) => Item(new CacheItem<string>("third"))));
    }

    public static async Task Null_is_stored_only_where_the_attribute_says_so(IRunCache cache, Action<TimeSpan> advance)
    {
        Assert.Null(await cache.GetOrCreateMaybeAsync(1, static _ => default));
        Assert.Equal(Created(1), await cache.GetOrCreateMaybeAsync(1, static _ => new ValueTask<City?>(Created(1))));
        Assert.Null(await cache.GetOrCreateRememberedAsync(1, static _ => default));
        Assert.Null(await cache.GetOrCreateRememberedAsync(1, static _ => throw new InvalidOperationException()));
    }

    public static async Task An_expiry_overrides_that_of_the_attribute(IRunCache cache, Action<TimeSpan> advance)
    {
        Assert.Equal(1, await cache.GetOrCreateShortAsync(1, static _ => new ValueTask<int?>(1), TimeSpan.FromMinutes(1)));
        Assert.Equal(1, await cache.GetOrCreateShortAsync(2, static _ => new ValueTask<int?>(1), expires: null));
        advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await cache.GetOrCreateShortAsync(1, static _ => new ValueTask<int?>(2), TimeSpan.FromMinutes(1)));
        Assert.Equal(1, await cache.GetOrCreateShortAsync(2, static _ => new ValueTask<int?>(2), expires: null));
    }

    public static async Task An_invalidated_value_is_given_until_it_is_created_anew(IRunCache cache, Action<TimeSpan> advance)
    {
        Assert.False(await cache.InvalidateCityAsync(2));
        await cache.GetOrCreateCityAsync(2, _ => Create(2));
        Assert.True(await cache.InvalidateCityAsync(2));
        Assert.Equal(Created(2), await cache.GetOrCreateCityAsync(2, _ => new ValueTask<City>(new City(2, "new"))));
        while (await cache.GetCityAsync(2) != new City(2, "new"))
        {
            await Task.Yield();
        }

        Assert.True(await cache.DeleteCityAsync(2));
        Assert.Equal(Created(2), await cache.GetOrCreateCityAsync(2, _ => Create(2)));
    }

    public static async Task A_soft_expired_value_is_given_while_it_is_created_anew(IRunCache cache, Action<TimeSpan> advance)
    {
        await cache.GetOrCreateCityAsync(3, _ => Create(3));
        advance(TimeSpan.FromMinutes(11));
        Assert.Equal(Created(3), await cache.GetOrCreateCityAsync(3, _ => new ValueTask<City>(new City(3, "new"))));
        while (await cache.GetCityAsync(3) != new City(3, "new"))
        {
            await Task.Yield();
        }
    }

    public static async Task Many_are_created_by_one_call(IRunCache cache, Action<TimeSpan> advance)
    {
        await cache.GetOrCreateCityAsync(11, _ => Create(11));
        IReadOnlyList<int>? missing = null;
        var cities = await cache.GetOrCreateCitiesAsync([10, 11, 12, 13], (ids, _) =>
        {
            missing = ids;
            return new ValueTask<IReadOnlyDictionary<int, City>>(ids.Where(static id => id != 13).ToDictionary(static id => id, Created));
        });

        Assert.Equal([10, 12, 13], missing!.Order());
        Assert.Equal([10, 11, 12], cities.Keys.Order());
        Assert.Equal(Created(12), await cache.GetCityAsync(12));
    }

    public static async Task Entries_create_and_invalidate_with_their_options(IRunCache cache, Action<TimeSpan> advance)
    {
        var town = cache.Town(1);
        Assert.Equal(Created(1), await town.GetOrCreateAsync(_ => Create(1)));
        Assert.True(await town.InvalidateAsync());
        Assert.Equal(Created(1), await town.GetOrCreateAsync("new", static (name, _) => new ValueTask<City>(new City(1, name))));
        while (await town.GetAsync() != new City(1, "new"))
        {
            await Task.Yield();
        }

        var villages = await cache.Villages("de").GetOrCreateManyAsync(
            [1, 2], static (ids, _) => new ValueTask<IReadOnlyDictionary<int, City>>(ids.ToDictionary(static id => id, Created)));
        Assert.Equal(Created(2), villages[2]);
        Assert.Equal(Created(2), await cache.Villages("de")[2].GetOrCreateAsync(_ => throw new InvalidOperationException()));
    }

    public static async Task Values_stored_together_do_not_expire_together(IRunCache cache, Action<TimeSpan> advance)
    {
        var values = Enumerable.Range(0, 200).ToDictionary(static id => id, static id => $"{id}");
        await cache.SetJitteredAsync(values);
        Assert.Equal(200, (await cache.GetJitteredAsync(values.Keys)).Count);
        advance(TimeSpan.FromSeconds(750) + TimeSpan.FromMinutes(5));
        Assert.InRange((await cache.GetJitteredAsync(values.Keys)).Count, 50, 150);
    }

    public static async Task Stored_values_are_fresh_for_their_expiry_and_then_stale(IRunCache cache, Action<TimeSpan> advance)
    {
        await cache.SetStoredAsync(1, "old");
        await cache.SetStoredAsync(new Dictionary<int, string> { [2] = "old" });
        Assert.True(await cache.AddStoredAsync(3, "old", expires: null));
        await cache.SetStoredAsync(4, "old");
        Assert.True(await cache.TouchStoredAsync(4, CacheExpiry.FromSeconds(600)));

        advance(TimeSpan.FromMinutes(9));
        foreach (var id in Enumerable.Range(1, 4))
        {
            Assert.Equal("old", await cache.GetOrCreateStoredAsync(id, _ => throw new InvalidOperationException($"{id} is created anew while it is fresh.")));
        }

        advance(TimeSpan.FromMinutes(2));
        foreach (var id in Enumerable.Range(1, 4))
        {
            Assert.Equal("old", await cache.GetOrCreateStoredAsync(id, static _ => new ValueTask<string>("new")));
            while (await cache.GetStoredAsync(id) != "new")
            {
                await Task.Yield();
            }
        }
    }

    public static async Task Batches_tell_what_has_become_of_each_key(IRunCache cache, Action<TimeSpan> advance)
    {
        Assert.Equal([1, 2], (await cache.AddPlacesAsync(new Dictionary<int, City> { [1] = Created(1), [2] = Created(2) })).Order());
        Assert.Equal([3], await cache.AddPlacesAsync(new Dictionary<int, City> { [2] = Created(3), [3] = Created(3) }));
        Assert.Equal([Created(1), Created(2)], (await cache.GetPlacesAsync([1, 2, 4])).Values.OrderBy(static city => city.Id));

        var read = await cache.GetManyPlaceValuesAsync([1, 2]);
        Assert.Equal([(1, CasResult.Stored), (2, CasResult.Stored)], await CompareAsync());
        Assert.Equal([(1, CasResult.Changed), (2, CasResult.Changed)], await CompareAsync());
        Assert.Equal("new", (await cache.GetPlacesAsync([2]))[2].Name);

        Assert.Equal(1, await cache.TouchPlacesAsync([3, 4], TimeSpan.FromHours(2)));
        advance(TimeSpan.FromHours(1));
        Assert.Equal([3], await cache.ExistsManyPlacesAsync([1, 2, 3, 4]));

        async Task<IEnumerable<(int, CasResult)>> CompareAsync()
        {
            var results = await cache.CompareAndSetPlacesAsync(read.ToDictionary(static pair => pair.Key, static pair => pair.Value.With(new City(pair.Key, "new"))));
            return results.Select(static result => (result.Key, result.Value)).Order();
        }
    }

    public static async Task Arguments_are_checked_before_anything_is_sent(IRunCache cache, Action<TimeSpan> advance)
    {
        Assert.Equal("create", (await Assert.ThrowsAsync<ArgumentNullException>(async () => await cache.GetOrCreateCityAsync(1, null!))).ParamName);
        Assert.Equal("ids", (await Assert.ThrowsAsync<ArgumentNullException>(async () => await cache.GetOrCreateCitiesAsync(null!, null!))).ParamName);
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await cache.AddPlacesAsync(new Dictionary<int, City> { [7] = Created(7), [8] = null! }));
        Assert.Empty(await cache.ExistsManyPlacesAsync([7, 8]));
        Assert.Equal("state", (await Assert.ThrowsAsync<ArgumentNullException>(async () => await cache.GetOrCreateSeveralAsync(null!, Level.Low, default, null!))).ParamName);
    }

    public static async Task Callers_at_once_share_one_creation(IRunCache cache, Action<TimeSpan> advance)
    {
        _created = 0;
        var gate = new TaskCompletionSource();
        var callers = Enumerable.Range(0, 20).Select(_ => cache.GetOrCreateOneAsync(20, async (id, _) =>
        {
            Interlocked.Increment(ref _created);
            await gate.Task;
            return $"{id}";
        })).ToList();
        gate.SetResult();
        await Task.WhenAny(callers);

        // Whoever saw the lease, but came after the creation, reads again a moment later.
        var all = Task.WhenAll(callers);
        while (!all.IsCompleted)
        {
            advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        Assert.All(await all, static value => Assert.Equal("20", value));
        Assert.Equal(1, _created);
    }

    public static async Task Near_reads_see_what_the_process_writes(IRunCache cache, Action<TimeSpan> advance)
    {
        Assert.Equal(Created(1), await cache.GetOrCreateNearAsync(1, _ => Create(1)));
        for (var i = 2; i < 5; i++)
        {
            await cache.SetNearAsync(1, Created(i));
            Assert.Equal(Created(i), await cache.GetNearAsync(1));
            Assert.Equal(Created(i), await cache.GetNearAsync(1));
            Assert.Equal(Created(i), (await cache.GetNearManyAsync([1, 2]))[1]);
            Assert.Equal(Created(i), await cache.Near(1).GetAsync());
            Assert.Equal(Created(i), await cache.Nears()[1].GetOrCreateAsync(_ => Create(7)));
            Assert.Equal(Created(i), (await cache.Nears().GetManyAsync([1]))[1]);
            Assert.Equal(Created(i), await cache.GetFreshNearAsync(1));
        }

        Assert.Equal(Created(1), await cache.Near(2).GetOrCreateAsync(_ => Create(1)));
        var both = await cache.GetOrCreateNearManyAsync([2, 3], static (ids, _) => new(ids.ToDictionary(static id => id, Created)));
        Assert.Equal((Created(1), Created(3)), (both[2], both[3]));
        await cache.Near(3).DeleteAsync();
        Assert.Null(await cache.GetNearAsync(3));
    }

    public static async Task Near_values_that_cannot_change_are_shared(IRunCache cache, Action<TimeSpan> advance)
    {
        await cache.SetNearAsync(1, Created(1));
        var first = await cache.GetNearAsync(1);
        Assert.Equal(Created(1), first);
        Assert.Same(first, await cache.GetNearAsync(1));
        Assert.Same(first, await cache.Near(1).GetAsync());
        Assert.Same(first, await cache.GetOrCreateNearAsync(1, _ => Create(2)));
        Assert.Same(first, (await cache.GetNearManyAsync([1]))[1]);
        Assert.NotSame(first, await cache.GetFreshNearAsync(1));

        advance(TimeSpan.FromMinutes(6));
        Assert.NotSame(first, await cache.GetNearAsync(1));
    }

    public static async Task Near_values_that_can_change_are_nobody_elses(IRunCache cache, Action<TimeSpan> advance)
    {
        (await cache.GetOrCreateNearLinesAsync(1, _ => new(new List<string> { "a" }))).Add("b");
        (await cache.GetOrCreateNearLinesAsync(1, _ => new(new List<string> { "c" }))).Add("d");
        Assert.Equal(["a"], await cache.GetOrCreateNearLinesAsync(1, _ => new(new List<string> { "e" })));
    }

    private static City Created(int id) => new(id, $"city {id}");

    private static ValueTask<City> Create(int id) => new(Created(id));

    private static ValueTask<CacheItem<string>> Item(CacheItem<string> item) => new(item);
}
