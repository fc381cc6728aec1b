using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using TypedCache;
using Xunit;

namespace Runs;

public enum Color { Red, Green }

public sealed record Product(int Id, string Name, Color Color);

[CacheClient("shop", Version = 3, Expires = "1h", Stale = "10m", TagNear = "0s")]
public partial interface ITaggedCache
{
    [CacheKey("product:{id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}"), CacheTag("")]
    ValueTask<Product> GetOrCreateProductAsync(int tenant, int category, int id, Func<CancellationToken, ValueTask<Product>> create, CancellationToken ct = default);

    [CacheKey("product:{id}"), CacheTag(""), CacheTag("tenant:{t}"), CacheTag("cat:{c}")]
    ValueTask<Product?> GetProductAsync(int id, long c, byte t, CancellationToken ct = default);

    [CacheKey("product:{value.Id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}"), CacheTag("")]
    ValueTask SetProductAsync(Product value, int tenant, int category, CancellationToken ct = default);

    [CacheKey("product:{products}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}"), CacheTag("")]
    ValueTask SetProductsAsync(int tenant, int category, IReadOnlyDictionary<int, Product> products, CancellationToken ct = default);

    [CacheKey("product:{ids}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}"), CacheTag("")]
    ValueTask<IReadOnlyDictionary<int, Product>> GetProductsAsync(int tenant, int category, IReadOnlyCollection<int> ids, CancellationToken ct = default);

    [CacheKey("part:{ids}"), CacheTag("of:{ids}")]
    ValueTask<Dictionary<int, string>> GetOrCreatePartsAsync(
        int[] ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>> create, CancellationToken ct = default);

    [CacheKey("order:{id}"), CacheTag("color:{value.Color}")]
    ValueTask<CacheValue<Product>> GetOrderAsync(int id, CancellationToken ct = default);

    [CacheKey("order:{id}"), CacheTag("color:{value.Color}")]
    ValueTask<bool> AddOrderAsync(int id, Product order, CancellationToken ct = default);

    [CacheKey("order:{id}"), CacheTag("color:{value.Color}")]
    ValueTask<bool> CompareAndSetOrderAsync(int id, Product order, CacheValue<Product> read, CancellationToken ct = default);

    [CacheKey("order:{id}"), CacheTag("color:{value.Color}")]
    ValueTask<Product?> GetOrCreateOrderAsync(int id, Func<int, CancellationToken, ValueTask<Product?>> create, CancellationToken ct = default);

    [CacheTag("cat:{category}")]
    ValueTask RemoveCategoryAsync(int category, CancellationToken ct = default);

    [CacheTag("tenant:{tenant}")]
    ValueTask InvalidateTenantAsync(int tenant, CancellationToken ct = default);

    [CacheTag("of:{id}")]
    Task DeletePartAsync(int id, CancellationToken ct = default);

    [CacheTag("color:{color}")]
    ValueTask RemoveColorAsync(Color color, CancellationToken ct = default);

    [CacheTag("")]
    ValueTask RemoveAllAsync(CancellationToken ct = default);
}

/// <summary>What generated clients do with tags. The two clients are those of two processes.</summary>
public static class TagScenarios
{
    public static async Task A_category_that_is_removed_is_missed_by_all(ITaggedCache one, ITaggedCache two)
    {
        await one.SetProductAsync(new Product(1, "old", Color.Red), tenant: 1, category: 7);
        await one.SetProductAsync(new Product(2, "kept", Color.Red), tenant: 1, category: 8);
        Assert.Equal("old", (await two.GetProductAsync(1, c: 7, t: 1))?.Name);

        await two.RemoveCategoryAsync(7);

        Assert.Null(await one.GetProductAsync(1, c: 7, t: 1));
        Assert.Null(await two.GetProductAsync(1, c: 7, t: 1));
        Assert.Equal("kept", (await one.GetProductAsync(2, c: 8, t: 1))?.Name);
        Assert.Equal("new", (await one.GetOrCreateProductAsync(1, 7, 1, _ => ValueTask.FromResult(new Product(1, "new", Color.Red)))).Name);
        Assert.Equal("new", (await two.GetOrCreateProductAsync(1, 7, 1, _ => throw new InvalidOperationException("It is there."))).Name);
    }

    public static async Task A_tenant_that_is_invalidated_is_stale_until_one_creates_anew(ITaggedCache one, ITaggedCache two)
    {
        await one.SetProductAsync(new Product(1, "old", Color.Red), tenant: 1, category: 7);

        await two.InvalidateTenantAsync(1);

        Assert.Equal("old", (await one.GetProductAsync(1, c: 7, t: 1))?.Name);
        for (var name = "old"; name == "old"; await Task.Delay(10))
        {
            name = (await two.GetOrCreateProductAsync(1, 7, 1, _ => ValueTask.FromResult(new Product(1, "new", Color.Red)))).Name;
            Assert.Contains(name, new[] { "old", "new" });
        }

        Assert.Equal("new", (await one.GetProductAsync(1, c: 7, t: 1))?.Name);
    }

    public static async Task All_values_of_the_client_are_removed_at_once(ITaggedCache one, ITaggedCache two)
    {
        await one.SetProductsAsync(1, 7, new Dictionary<int, Product> { [1] = new(1, "a", Color.Red), [2] = new(2, "b", Color.Red) });
        Assert.Equal(2, (await two.GetProductsAsync(1, 7, [1, 2, 3])).Count);

        await two.RemoveAllAsync();

        Assert.Empty(await one.GetProductsAsync(1, 7, [1, 2, 3]));
    }

    public static async Task Values_of_a_batch_have_tags_of_their_own(ITaggedCache one, ITaggedCache two)
    {
        await one.GetOrCreatePartsAsync([1, 2, 3], Create("old"));

        await two.DeletePartAsync(2);

        var parts = await one.GetOrCreatePartsAsync([1, 2, 3], Create("new"));
        Assert.Equal(["old", "new", "old"], [parts[1], parts[2], parts[3]]);

        static Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>> Create(string text) => (ids, _) =>
        {
            var created = new Dictionary<int, string>();
            foreach (var id in ids)
            {
                created.Add(id, text);
            }

            return ValueTask.FromResult<IReadOnlyDictionary<int, string>>(created);
        };
    }

    public static async Task Tags_can_come_from_the_value(ITaggedCache one, ITaggedCache two)
    {
        Assert.True(await one.AddOrderAsync(1, new Product(1, "red", Color.Red)));
        Assert.Equal("green", (await two.GetOrCreateOrderAsync(2, (id, _) => ValueTask.FromResult<Product?>(new Product(id, "green", Color.Green))))?.Name);

        await two.RemoveColorAsync(Color.Red);

        Assert.False((await one.GetOrderAsync(1)).Found);
        Assert.Equal("green", (await one.GetOrderAsync(2)).Value?.Name);
    }

    public static async Task A_value_that_is_replaced_has_the_tags_of_the_new_one(ITaggedCache one, ITaggedCache two)
    {
        await one.AddOrderAsync(1, new Product(1, "red", Color.Red));
        var read = await two.GetOrderAsync(1);
        Assert.True(await two.CompareAndSetOrderAsync(1, new Product(1, "green", Color.Green), read));
        Assert.False(await one.CompareAndSetOrderAsync(1, new Product(1, "late", Color.Red), read));

        await one.RemoveColorAsync(Color.Red);
        Assert.Equal("green", (await one.GetOrderAsync(1)).Value?.Name);

        await one.RemoveColorAsync(Color.Green);
        Assert.False((await two.GetOrderAsync(1)).Found);
    }

    public static Task The_keys_of_tags_are_given_as_text(ITaggedCache one, ITaggedCache two)
    {
        Assert.Equal("shop:v3:~t:cat:7", ITaggedCache.Keys.CategoryTag(7));
        Assert.Equal("shop:v3:~t:color:Green", ITaggedCache.Keys.ColorTag(Color.Green));
        Assert.Equal("shop:v3:~t:", ITaggedCache.Keys.AllTag());
        return Task.CompletedTask;
    }
}
