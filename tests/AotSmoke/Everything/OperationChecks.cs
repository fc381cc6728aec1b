using TypedCache.AotSmoke.Values;

namespace TypedCache.AotSmoke;

/// <summary>Calls every operation and looks at what it does.</summary>
internal sealed class OperationChecks(IOperationCache cache, Check check)
{
    private const string Name = "blank and : in it";
    private static readonly DateOnly Day = new(2027, 9, 29);

    public async Task RunAsync()
    {
        await CheckWritesAsync();
        await CheckCompareAndSetAsync();
        await CheckExpiryAsync();
        await CheckTextAsync();
        await CheckCountersAsync();
        await CheckBatchesAsync();
        await CheckCreatedAsync();
        await CheckCreatedByArgumentsAsync();
        await CheckInvalidatedAsync();
        await CheckAuditedAsync();
        await CheckNearAsync();
        await CheckTagsAsync();
        await CheckEntriesAsync();
        await CheckSetsAsync();
    }

    private static Product Product(int id) => new() { Id = id, Name = $"product {id}" };

    private async Task CheckWritesAsync()
    {
        check.That(!(await cache.GetSlotAsync(Name, Day, Level.High)).Found, "nothing is there at first");
        check.That(!await cache.ReplaceSlotAsync(Name, Day, Level.High, Product(1)), "nothing is replaced where nothing is");
        check.That(await cache.AddSlotAsync(Name, Day, Level.High, Product(2)), "a value is added");
        check.That(!await cache.AddSlotAsync(Name, Day, Level.High, Product(3)), "a second value is not added");
        check.That((await cache.GetSlotAsync(Name, Day, Level.High)).Value?.Id == 2, "the added value is read");
        check.That(await cache.ReplaceSlotAsync(Name, Day, Level.High, Product(4)), "a value is replaced");
        await cache.SetSlotAsync(Name, Day, Level.Low, Product(5));
        check.That((await cache.GetSlotAsync(Name, Day, Level.High)).Value?.Id == 4, "each argument has its own key");
        check.That(await cache.DeleteSlotAsync(Name, Day, Level.Low), "a value is deleted");
        check.That(!await cache.ExistsSlotAsync(Name, Day, Level.Low), "a deleted value does not exist");
    }

    private async Task CheckCompareAndSetAsync()
    {
        var read = await cache.GetSlotAsync(Name, Day, Level.High);
        check.That(await cache.CompareAndSetSlotAsync(Name, Day, Level.High, Product(6), read.Cas) == CasResult.Stored, "an unchanged value is stored");
        check.That(await cache.CompareAndSetSlotAsync(Name, Day, Level.High, Product(7), read.Cas) == CasResult.Changed, "a changed value is not stored");
        check.That(await cache.CompareAndSetSlotAsync(Name, Day, Level.Low, Product(8), read.Cas) == CasResult.NotFound, "a missing value is not stored");
    }

    private async Task CheckExpiryAsync()
    {
        await cache.SetSlotAsync(Name, Day, Level.Low, Product(9), TimeSpan.FromMinutes(1));
        check.That(await cache.TouchSlotAsync(Name, Day, Level.Low), "a value is touched");
        check.That((await cache.GetAndTouchSlotAsync(Name, Day, Level.Low, TimeSpan.FromDays(60))).Value?.Id == 9, "a value is read and touched");
        check.That(await cache.ExistsSlotAsync(Name, Day, Level.Low), "a value with an expiry of 60 days exists");
    }

    private async Task CheckTextAsync()
    {
        check.That(!await cache.AppendLogAsync("x"), "nothing is appended to nothing");
        await cache.SetLogAsync("middle");
        check.That(await cache.AppendLogAsync(">") && await cache.PrependLogAsync("<"), "text is added at both ends");
        check.That(await cache.GetLogAsync() == "<middle>", "the text is whole");
    }

    private async Task CheckCountersAsync()
    {
        var id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
        check.That(await cache.DecrementViewsAsync(id) is null, "a missing counter is not made by a nullable result");
        check.That(await cache.IncrementViewsAsync(id) == 1, "a counter begins");
        check.That(await cache.IncrementViewsAsync(id, 41) == 42, "a counter goes up");
        check.That(await cache.DecrementViewsAsync(id, 2) == 40, "a counter goes down");
    }

    private async Task CheckBatchesAsync()
    {
        var ids = Enumerable.Range(0, 300).ToArray();
        await cache.SetItemsAsync("a/b", ids.Where(static id => id % 3 == 0).ToDictionary(static id => id, Product));
        var found = await cache.GetItemsAsync("a/b", ids);
        check.That(found.Count == 100 && found.All(static pair => pair.Key == pair.Value.Id), "a batch finds what was stored");
        check.That((await cache.AddItemsAsync("a/b", ids.Take(6).ToDictionary(static id => id, Product))).SetEquals([1, 2, 4, 5]), "a batch adds what there is not");
        var values = await cache.GetItemValuesAsync("a/b", [1, 3]);
        await cache.SetItemsAsync("a/b", new Dictionary<int, Product> { [3] = Product(3) });
        var results = await cache.CompareAndSetItemsAsync("a/b", values);
        check.That(results[1] == CasResult.Stored && results[3] == CasResult.Changed, "a batch stores what has not changed");
        check.That(await cache.TouchItemsAsync("a/b", ids) == 104, "a batch touches what there is");
        check.That((await cache.ExistsItemsAsync("a/b", [1, 2, 7])).SetEquals([1, 2]), "a batch tells what there is");
        check.That(await cache.DeleteItemsAsync("a/b", ids) == 104, "a batch deletes what there was");
        check.That((await cache.GetItemsAsync("a/b", ids)).Count == 0, "nothing is left of the batch");
    }

    private async Task CheckCreatedAsync()
    {
        check.That((await cache.GetOrCreateProductAsync(1, static _ => new ValueTask<Product>(Product(1)))).Id == 1, "a missing value is created");
        check.That((await cache.GetOrCreateProductAsync(1, static _ => throw new InvalidOperationException())).Id == 1, "a value is created once");
        var products = await cache.GetOrCreateProductsAsync([1, 2, 3], CreateMany);
        check.That(products.Count == 3 && products.All(static pair => pair.Key == pair.Value.Id), "what is missing of many is created");
        check.That(await cache.GetProductAsync(3) is { Id: 3 }, "a created value is stored");
        await cache.SetProductAsync(4, Product(4));
        check.That((await cache.GetOrCreateProductAsync(4, static _ => throw new InvalidOperationException())).Id == 4, "a stored value is not created");
    }

    private async Task CheckCreatedByArgumentsAsync()
    {
        var stock = await cache.GetOrCreateStockAsync(
            "a/b", Level.High, 40, static (shop, level, id, _) => new ValueTask<int>(shop.Length + (int)level + id), TimeSpan.FromMinutes(1));
        check.That(stock == 43 + (int)Level.High, "a value is created from the key's arguments");
        check.That(await cache.GetOrCreatePageAsync("/", static (_, _) => new ValueTask<CacheItem<Product?>>(CacheItem.NotCached<Product?>(null))) is null, "null is created");
        var page = await cache.GetOrCreatePageAsync("/", static (url, _) => new ValueTask<CacheItem<Product?>>(new CacheItem<Product?>(Product(url.Length), TimeSpan.FromHours(1))));
        check.That(page is { Id: 1 }, "what is not to be stored is created again");
    }

    private async Task CheckInvalidatedAsync()
    {
        check.That(await cache.InvalidateProductAsync(2), "a value is invalidated");
        check.That((await cache.GetOrCreateProductAsync(2, static _ => new ValueTask<Product>(Product(20)))).Id == 2, "a stale value is given while it is created anew");
        while (await cache.GetProductAsync(2) is not { Id: 20 })
        {
            await Task.Yield();
        }

        check.That(await cache.DeleteProductAsync(2), "a refreshed value is deleted");
        check.That(!await cache.InvalidateProductAsync(2), "nothing is invalidated where nothing is");
    }

    private async Task CheckAuditedAsync()
    {
        var runs = 0;
        Func<int, CancellationToken, ValueTask<Product>> create = (id, _) =>
        {
            Interlocked.Increment(ref runs);
            return new ValueTask<Product>(Product(id));
        };
        await cache.GetOrCreateAuditedAsync(1, create);
        await cache.GetOrCreateAuditedAsync(1, create);
        for (var i = 0; i < 1000 && Volatile.Read(ref runs) < 2; i++)
        {
            await Task.Delay(10);
        }

        check.That(Volatile.Read(ref runs) == 2, "a hit is audited");
    }

    private async Task CheckNearAsync()
    {
        await cache.SetNearTextAsync(1, "text");
        var text = await cache.GetNearTextAsync(1);
        check.That(text == "text" && ReferenceEquals(text, await cache.GetNearTextAsync(1)), "a text that was read is kept in the process");
        check.That(ReferenceEquals(text, (await cache.GetNearTextsAsync([1, 2]))[1]), "a batch takes what is near");
        await cache.SetNearTextAsync(1, "new");
        check.That(await cache.GetNearTextAsync(1) == "new", "what the process has written it sees");

        var product = await cache.GetOrCreateNearProductAsync(1, static (id, _) => new ValueTask<Product>(Product(id)));
        for (var i = 0; i < 2; i++)
        {
            var other = await cache.GetOrCreateNearProductAsync(1, static (_, _) => throw new InvalidOperationException());
            check.That(other.Id == 1 && !ReferenceEquals(product, other), "of what can change each caller gets an object of its own");
        }
    }

    private async Task CheckTagsAsync()
    {
        check.That((await cache.GetOrCreateTaggedAsync(7, 1, static (_, id, _) => new ValueTask<Product>(Product(id)))).Id == 1, "a value with tags is created");
        for (var i = 0; i < 2; i++)
        {
            check.That((await cache.GetOrCreateTaggedAsync(7, 1, static (_, _, _) => throw new InvalidOperationException())).Id == 1, "a value with tags is created once");
        }

        await cache.RemoveNameAsync("product 1");
        check.That((await CreateTaggedAsync(2)).Id == 2, "a value is gone with a tag that it names itself");
        await cache.InvalidateCategoryAsync(8);
        check.That((await CreateTaggedAsync(3)).Id == 2, "another tag does no harm");
        await cache.InvalidateCategoryAsync(7);
        check.That((await CreateTaggedAsync(4)).Id == 2, "a value with an invalidated tag is given while it is created anew");
        while ((await CreateTaggedAsync(5)).Id == 2)
        {
            await Task.Yield();
        }
    }

    private ValueTask<Product> CreateTaggedAsync(int result) => cache.GetOrCreateTaggedAsync(7, 1, (_, _, _) => new ValueTask<Product>(Product(result)));

    private static ValueTask<IReadOnlyDictionary<int, Product>> CreateMany(IReadOnlyList<int> ids, CancellationToken cancellationToken) =>
        new(ids.ToDictionary(static id => id, Product));

    private async Task CheckEntriesAsync()
    {
        var basket = cache.Basket(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"));
        check.That(await basket.AddAsync(Product(1)) && !await basket.AddAsync(Product(2)), "an entry is added once");
        check.That(await basket.ReplaceAsync(Product(3)) && (await basket.GetAsync())?.Id == 3, "an entry is replaced");
        await basket.SetAsync(Product(4), TimeSpan.FromHours(1));
        var read = await basket.GetValueAsync();
        check.That(await basket.CompareAndSetAsync(Product(5), read.Cas) == CasResult.Stored, "an unchanged entry is stored");
        check.That(await basket.TouchAsync() && await basket.ExistsAsync(), "an entry is touched");
        check.That((await basket.GetOrCreateAsync(static _ => new ValueTask<Product>(Product(6)))).Id == 5, "an entry is not created where there is one");
        check.That(await basket.InvalidateAsync(), "an entry is invalidated");
        check.That(await basket.DeleteAsync() && await basket.GetAsync() is null, "an entry is deleted");
        check.That((await basket.GetOrCreateAsync(6, static (id, _) => new ValueTask<Product>(Product(id)))).Id == 6, "an entry is created");
        var hits = cache.Hits("start page");
        check.That(await hits.IncrementAsync(5) == 5 && await hits.DecrementAsync() == 4 && await hits.GetAsync() == 4, "a counter counts");
        await hits.ResetAsync();
        check.That(await hits.IncrementAsync() == 1, "a counter begins again");
    }

    private async Task CheckSetsAsync()
    {
        var cities = cache.Cities("de");
        await cities.SetManyAsync([new(1, Product(1)), new(2, Product(2))]);
        check.That((await cities[2].GetAsync())?.Id == 2, "an entry of a set is read");
        check.That((await cities.GetManyAsync([1, 2, 3])).Count == 2, "a set reads many");
        check.That((await cities.GetOrCreateManyAsync([2, 3], CreateMany)).Count == 2, "a set creates many");
        check.That(await cities.DeleteManyAsync([1, 2, 3]) == 3, "a set deletes many");
    }
}
