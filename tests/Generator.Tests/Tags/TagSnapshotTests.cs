using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Tags;

public sealed class TagSnapshotTests
{
    [Fact]
    public void Tags_of_parameters() => Verify(Client("""
        [CacheKey("product:{id}"), CacheTag("tenant:{tenant}"), CacheTag("cat:{category}")]
        ValueTask<Order> GetOrCreateProductAsync(int tenant, int category, int id, Func<CancellationToken, ValueTask<Order>> create, CancellationToken ct = default);

        [CacheKey("product:{id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}")]
        ValueTask<Order> GetOrCreateProductByIdAsync(int id, int category, int tenant, Func<int, CancellationToken, ValueTask<Order>> create);

        [CacheKey("product:{id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}")]
        Task<Order> GetOrCreateProductItemAsync(int id, int category, int tenant, Func<int, int, int, CancellationToken, ValueTask<CacheItem<Order>>> create, TimeSpan? expires = null, CancellationToken ct = default);

        [CacheKey("product:{id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}")]
        ValueTask<Order?> GetProductAsync(long tenant, int category, int id, CancellationToken tags = default);

        [CacheKey("product:{id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}")]
        Task<CacheValue<Order>> GetProductValueAsync(int tenant, int category, int id);

        [CacheKey("product:{id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}")]
        ValueTask SetProductAsync(int tenant, int category, int id, Order value, CancellationToken ct = default);

        [CacheKey("product:{id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}")]
        ValueTask<bool> AddProductAsync(int tenant, int category, int id, Order value, TimeSpan expires);

        [CacheKey("product:{id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}")]
        ValueTask ReplaceProductAsync(int tenant, int category, int id, Order value);

        [CacheKey("product:{id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}")]
        ValueTask<bool> CompareAndSetProductAsync(int tenant, int category, int id, Order value, ulong cas);

        [CacheKey("product:{id}"), CacheTag("cat:{category}"), CacheTag("tenant:{tenant}")]
        ValueTask<CasResult> CompareAndSetReadProductAsync(int tenant, int category, int id, Order value, CacheValue<Order> read, CancellationToken ct = default);

        [CacheKey("product:{id}")]
        ValueTask<bool> DeleteProductAsync(int id);

        [CacheTag("cat:{category}")]
        ValueTask InvalidateCategoryAsync(int category, CancellationToken ct = default);

        [CacheTag("cat:{id}")]
        Task RemoveCategoryAsync(int id);

        [CacheTag("tenant:{tenant}")]
        ValueTask DeleteTenantAsync(int tenant);

        [CacheKey("top"), CacheTag("")]
        ValueTask<string?> GetTopAsync();

        [CacheTag("")]
        ValueTask InvalidateAllAsync(CancellationToken ct = default);
        """, "CacheClient(\"shop\", Version = 2, Expires = \"1h\", Stale = \"5m\")"));

    [Fact]
    public void Tags_of_batches() => Verify(Client("""
        [CacheKey("product:{ids}"), CacheTag("cat:{category}"), CacheTag("part:{ids}")]
        ValueTask<IReadOnlyDictionary<int, string>> GetProductsAsync(int category, IReadOnlyCollection<int> ids, CancellationToken ct = default);

        [CacheKey("product:{ids}"), CacheTag("cat:{category}"), CacheTag("part:{ids}")]
        ValueTask<Dictionary<int, string>> GetOrCreateProductsAsync(int category, int[] ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>> create, CancellationToken ct = default);

        [CacheKey("product:{products}"), CacheTag("cat:{category}"), CacheTag("part:{products}")]
        ValueTask SetProductsAsync(IReadOnlyDictionary<int, string> products, int category, CancellationToken ct = default);

        [CacheKey("price:{tenant}:{prices}"), CacheTag("cat:{tenant}:{color}")]
        ValueTask<IReadOnlySet<string>> AddPricesAsync(int tenant, Color color, IReadOnlyDictionary<string, double> prices, CancellationToken ct = default);

        [CacheKey("price:{tenant}:{keys}"), CacheTag("cat:{tenant}:{color}")]
        ValueTask<CacheValues<string, double>> GetPricesAsync(int tenant, Color color, params string[] keys);

        [CacheTag("cat:{category}")]
        ValueTask RemoveCategoryAsync(int category, CancellationToken ct = default);

        [CacheTag("part:{id}")]
        ValueTask RemovePartAsync(int id, CancellationToken ct = default);

        [CacheTag("cat:{tenant}:{color}")]
        ValueTask RemoveColorAsync(int tenant, Color color, CancellationToken ct = default);
        """, "CacheClient(\"shop\", Expires = \"1h\", TagNear = \"500ms\")"));

    [Fact]
    public void Tags_of_values() => Verify(Client("""
        [CacheKey("order:{id}", Stale = "5m"), CacheTag("color:{value.Color}"), CacheTag("note:{value.Note}"), CacheTag("tenant:{tenant}")]
        ValueTask<Order> GetOrCreateOrderAsync(int id, int tenant, Func<CancellationToken, ValueTask<Order>> create, CancellationToken ct = default);

        [CacheKey("order:{id}"), CacheTag("color:{value.Color}"), CacheTag("note:{value.Note}"), CacheTag("tenant:{tenant}")]
        ValueTask<Order?> GetOrderAsync(int id, int tenant, CancellationToken ct = default);

        [CacheKey("order:{value.Id}", Stale = "5m"), CacheTag("tenant:{tenant}"), CacheTag("color:{value.Color}"), CacheTag("note:{value.Note}")]
        ValueTask SetOrderAsync(Order value, int tenant, CancellationToken ct = default);

        [CacheKey("order:{orders}", Stale = "5m"), CacheTag("color:{value.Color}"), CacheTag("note:{value.Note}"), CacheTag("tenant:{tenant}")]
        ValueTask SetOrdersAsync(int tenant, IReadOnlyDictionary<int, Order> orders, CancellationToken ct = default);

        [CacheKey("name:{id}"), CacheTag("length:{value.Length}")]
        ValueTask<string?> GetNameAsync(int id, CancellationToken ct = default);

        [CacheTag("color:{color}")]
        ValueTask InvalidateColorAsync(Color color, CancellationToken ct = default);

        [CacheTag("note:{note}")]
        ValueTask RemoveNoteAsync(string note, CancellationToken ct = default);

        [CacheTag("tenant:{tenant}")]
        ValueTask RemoveTenantAsync(int tenant, CancellationToken ct = default);

        [CacheTag("length:{length}")]
        ValueTask RemoveLengthAsync(int length, CancellationToken ct = default);
        """, "CacheClient(\"shop\", Expires = \"1h\", TagNear = \"0s\")"));

    [Fact]
    public void Secret_tags_under_the_policy_of_pecl() => Verify(Client("""
        [CacheKey("page:{id}"), CacheTag("user:{user}")]
        ValueTask<string?> GetPageAsync(int id, [KeyPart(MaxLength = 16, Sensitive = true)] string user, CancellationToken ct = default);

        [CacheKey("page:{ids}"), CacheTag("user:{user}")]
        ValueTask<IReadOnlyDictionary<int, string>> GetPagesAsync(IReadOnlyCollection<int> ids, [KeyPart(MaxLength = 16)] string user, CancellationToken ct = default);

        [CacheTag("user:{user}")]
        ValueTask RemovePagesOfUserAsync([KeyPart(MaxLength = 16)] string user, CancellationToken ct = default);
        """, "CacheClient(\"shop\", KeyPolicy = TypedCache.Keys.KeyPolicy.Pecl)"));

    [Fact]
    public void Near_values_with_tags() => Verify(Client("""
        [CacheKey("name:{id}"), CacheTag("cat:{category}")]
        ValueTask<string?> GetNameAsync(int category, int id, CancellationToken ct = default);

        [CacheKey("name:{ids}"), CacheTag("cat:{category}")]
        ValueTask<CacheValues<int, string>> GetNamesAsync(int category, int[] ids);

        [CacheKey("name:{id}"), CacheTag("cat:{category}")]
        ValueTask<CacheValue<string>> GetNameValueAsync(int category, int id, CancellationToken ct = default);

        [CacheKey("name:{id}"), CacheTag("cat:{category}")]
        ValueTask<string> GetOrCreateNameAsync(int category, int id, Func<CancellationToken, ValueTask<string>> create, CancellationToken ct = default);

        [CacheTag("cat:{category}")]
        ValueTask RemoveCategoryAsync(int category, CancellationToken ct = default);
        """, "CacheClient(\"shop\", Expires = \"1h\", Near = \"2s\", TagNear = \"2s\")"));

    private static void Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var run = GeneratorRun.Of(source);
        run.AssertCompiles();
        Snapshot.Verify(run, method: method);
    }
}
