using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Snapshots;

public sealed class ClientSnapshotTests
{
    [Fact]
    public void Single_values() => Verify(Client("""
        [CacheKey("product:{id}", Expires = "10m")]
        ValueTask<string?> GetProductAsync(int id, CancellationToken ct = default);

        [CacheKey("product:{id}")]
        Task<CacheValue<string>> GetProductValueAsync(int id);

        [CacheKey("stock:{id}", Expires = "1h30m")]
        ValueTask<int?> GetAndTouchStockAsync(int id);

        [CacheKey("product:{id}", Expires = "40d")]
        ValueTask SetProductAsync(int id, string value, CancellationToken ct = default);

        [CacheKey("product:{id}")]
        ValueTask<bool> AddProductAsync(int id, byte[] value, TimeSpan expires);

        [CacheKey("product:{id}", Expires = "10m")]
        Task ReplaceProductAsync(int id, string? value, TimeSpan? expires = null);

        [CacheKey("log:{id}")]
        ValueTask<bool> AppendLogAsync(int id, string text);

        [CacheKey("log:{id}")]
        ValueTask PrependLogAsync(int id, ReadOnlyMemory<byte> text);

        [CacheKey("product:{id}")]
        ValueTask<CasResult> CompareAndSetAsync(int id, string value, ulong cas, CacheExpiry? expires = null);

        [CacheKey("stock:{id}")]
        Task<bool> CompareAndSetStockAsync(int id, int value, CacheValue<int> read);

        [CacheKey("product:{id}")]
        ValueTask<bool> TouchProductAsync(int id, CacheExpiry expires);

        [CacheKey("product:{id}")]
        ValueTask<bool> ExistsAsync(int id);

        [CacheKey("product:{id}")]
        ValueTask RemoveProductAsync(int id);

        [CacheKey("top")]
        ValueTask<string?> GetTopAsync();

        [CacheKey("top", Operation = CacheOperation.Delete)]
        Task ForgetTopAsync();

        string Describe() => "left alone";
        """));

    [Fact]
    public void Secrets() => Verify(Client("""
        [CacheKey("session:{token}")]
        ValueTask<string?> GetSessionAsync([KeyPart(MaxLength = 64, Sensitive = true)] string token, CancellationToken ct = default);

        [CacheKey("session:{tokens}")]
        ValueTask<IReadOnlyDictionary<string, string>> GetSessionsAsync([KeyPart(MaxLength = 64)] IReadOnlyCollection<string> tokens, CancellationToken ct = default);

        [CacheKey("person:{id}")]
        CacheEntry<string> Person([KeyPart(Sensitive = true)] int id);
        """));

    [Fact]
    public void Counters() => Verify(Client(
        """
        [CacheKey("views:{id}")]
        ValueTask<ulong?> IncrementViewsAsync(int id);

        [CacheKey("views:{id}", Expires = "1d")]
        ValueTask<ulong> IncrementOrCreateAsync(int id, ulong by = 1, ulong initial = 10);

        [CacheKey("views:{id}")]
        Task<long?> DecrementViewsAsync(int id, int by);

        [CacheKey("views:{id}")]
        ValueTask<long> DecrementOrCreateAsync(int id, TimeSpan expires, CancellationToken ct);
        """));

    [Fact]
    public void Batches() => Verify(Client(
        """
        [CacheKey("product:{ids}")]
        ValueTask<IReadOnlyDictionary<int, string>> GetProductsAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default);

        [CacheKey("price:{tenant}:{keys}")]
        Task<Dictionary<string, double>> GetManyPricesAsync(string tenant, params string[] keys);

        [CacheKey("name:{tenant}:{color}:{ids}")]
        ValueTask<IDictionary<Guid, string?>> GetNamesAsync(string tenant, Color color, List<Guid> ids);

        [CacheKey("price:{tenant}:{prices}", Expires = "5m")]
        ValueTask SetPricesAsync(string tenant, IReadOnlyDictionary<string, double> prices, CancellationToken ct = default);

        [CacheKey("product:{ids}")]
        ValueTask<int> DeleteProductsAsync(IEnumerable<int> ids);

        [CacheKey("product:{ids}")]
        ValueTask RemoveProductsAsync(int[] ids);
        """));

    [Fact]
    public void Batches_with_results_by_key() => Verify(Client(
        """
        [CacheKey("product:{ids}")]
        ValueTask<CacheValues<int, string>> GetProductsAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default);

        [CacheKey("product:{ids}")]
        ValueTask<IReadOnlyDictionary<int, CacheValue<string>>> GetManyProductValuesAsync(int[] ids, CancellationToken ct = default);

        [CacheKey("product:{products}", Expires = "10m")]
        ValueTask<HashSet<int>> AddProductsAsync(IReadOnlyDictionary<int, string> products, CancellationToken ct = default);

        [CacheKey("product:{products}", Expires = "10m")]
        ValueTask<IReadOnlyDictionary<int, CasResult>> CompareAndSetProductsAsync(
            IReadOnlyDictionary<int, CacheValue<string>> products, TimeSpan? expires = null, CancellationToken ct = default);

        [CacheKey("product:{ids}", Expires = "10m")]
        ValueTask<int> TouchManyProductsAsync(IEnumerable<int> ids, CancellationToken ct = default);

        [CacheKey("product:{ids}")]
        ValueTask<IReadOnlySet<int>> ExistsManyAsync(IEnumerable<int> ids, CancellationToken ct = default);

        [CacheKey("price:{tenant}:{prices}", Expires = "5m")]
        ValueTask AddPricesAsync(string tenant, IReadOnlyDictionary<string, double> prices);

        [CacheKey("price:{tenant}:{prices}", Expires = "5m")]
        Task<Dictionary<string, CasResult>> CompareAndSetManyPricesAsync(string tenant, Dictionary<string, CacheValue<double>> prices);

        [CacheKey("order:{orders}", Expires = "5m")]
        ValueTask SetOrdersAsync(IReadOnlyDictionary<int, Order> orders, CancellationToken ct = default);
        """));

    [Fact]
    public void Key_parts() => Verify(Client(
        """
        [CacheKey("text:{key}:{letter}-{name}")]
        ValueTask<string?> GetTextAsync(string key, char letter, [KeyPart(MaxLength = 20)] string name);

        [CacheKey("numbers:{a}:{b:X8}:{c}.{d}:{e}")]
        ValueTask<string?> GetNumbersAsync(byte a, int b, decimal c, double d, ulong? e);

        [CacheKey("times:{at}:{day}:{hour:HHmm}:{span}:{moment:yyyyMMddTHHmmss}")]
        ValueTask<string?> GetTimesAsync(DateTimeOffset at, DateOnly day, TimeOnly hour, TimeSpan span, DateTime moment);

        [CacheKey("enums:{color}:{number:D}:{maybe}:{flags}")]
        ValueTask<string?> GetEnumsAsync(Color color, Color number, Color? maybe, System.IO.FileShare flags);

        [CacheKey("others:{id:N}:{flag}:{version}")]
        ValueTask<string?> GetOthersAsync(Guid id, bool flag, Version version);

        [CacheKey("orders:{order.Id}:{order.Note}:{order.Note.Length}:{order.Color}")]
        ValueTask SetOrderNoteAsync(Order order, string value);

        [CacheKey("{{braces}}:\"quotes\":käse:{@event}")]
        ValueTask<string?> GetBracesAsync(string @event);
        """,
        "CacheClient(\"shop\", Version = 3, Expires = \"1h\", KeyPolicy = TypedCache.Keys.KeyPolicy.Reject)"));

    [Fact]
    public void Entries() => Verify(Client(
        """
        [CacheKey("order:{user}:{name}", Expires = "30m")]
        CacheEntry<Order> Basket(Guid user, string name);

        [CacheKey("top")]
        CacheEntry<string?> Top();

        [CacheKey("limit:{color}")]
        CacheEntry<int?> Limit(Color color);

        [CacheKey("views:{id}")]
        CacheCounter Views(int id);

        [CacheKey("city:{key}", Expires = "1d")]
        CacheEntrySet<int, Order> Cities();

        [CacheKey("price:{tenant}:{key.Note}:{color}")]
        CacheEntrySet<Order, double> Prices(string tenant, Color color);
        """));

    [Fact]
    public void Custom_codecs() => Verify(Client("""
        [CacheKey("order:{id}"), CacheCodec(typeof(OrderText))]
        ValueTask<Order?> GetOrderAsync(int id);

        [CacheKey("order:{id}", Expires = "1h")]
        ValueTask SetOrderAsync(int id, [CacheCodec(typeof(OrderText))] Order value);

        [CacheKey("order:{ids}"), CacheCodec(typeof(OrderText))]
        ValueTask<Dictionary<int, Order>> GetOrdersAsync(int[] ids);

        [CacheKey("order:{orders}"), CacheCodec(typeof(OrderText))]
        ValueTask SetOrdersAsync(IReadOnlyDictionary<int, Order> orders);

        [CacheKey("paint:{id}", Schema = true)]
        CacheEntry<Paint?> Paint(int id);
        """) + """


        [CacheCodec(typeof(PaintCodec))]
        public enum Paint { Red, Blue }

        public sealed class PaintCodec : TypedCache.Values.ICacheCodec<Paint>
        {
            public void Write(ref TypedCache.Values.ValueWriter writer, Paint value) => writer.WriteText(value.ToString());

            public Paint Read(in TypedCache.Values.StoredValue stored) => Enum.Parse<Paint>(stored.ReadText());
        }

        public sealed class OrderText : TypedCache.Values.ICacheCodec<Order?>
        {
            public void Write(ref TypedCache.Values.ValueWriter writer, Order? value) => writer.WriteText(value?.Note);

            public Order? Read(in TypedCache.Values.StoredValue stored) => new() { Note = stored.ReadText() };
        }
        """);

    [Fact]
    public void Created_values() => Verify(Client(
        """
        [CacheKey("product:{id}", Expires = "10m", Stale = "5m", FailSafe = "30s", Jitter = "10%")]
        ValueTask<Order> GetOrCreateProductAsync(int id, Func<CancellationToken, ValueTask<Order>> create, CancellationToken ct = default);

        [CacheKey("product:{id}", Expires = "10m", Stale = "5m", FailSafe = "30s", Jitter = "10%")]
        Task<Order> GetOrCreateAsync(int id, Func<int, CancellationToken, ValueTask<Order>> create, CacheExpiry? expires = null);

        [CacheKey("price:{tenant}:{day:yyyyMMdd}:{order.Id}", Expires = "1h")]
        ValueTask<double> GetOrCreatePriceAsync(
            string tenant, DateOnly day, Order order, Func<string, DateOnly, Order, CancellationToken, ValueTask<double>> create, TimeSpan expires, CancellationToken ct = default);

        [CacheKey("colors:{id}", Expires = "1d", LeaseTime = "30s", LeaseWait = "5s", CacheNull = true)]
        ValueTask<Color?[]?> GetOrCreateColorsAsync(int id, Func<int, CancellationToken, ValueTask<Color?[]?>> create, CancellationToken ct = default);

        [CacheKey("stock:{id}", Expires = "1h")]
        Task<int?> GetOrCreateStockAsync(int id, Func<CancellationToken, ValueTask<int?>> create, TimeSpan? expires);

        [CacheKey("note:{id}:{color}", Expires = "1d")]
        Task<string?> GetOrCreateColoredNoteAsync(int id, Color color, Func<int, Color, CancellationToken, ValueTask<string?>> create);

        [CacheKey("page:{url}")]
        ValueTask<byte[]?> GetOrCreatePageAsync([KeyPart(MaxLength = 60)] string url, Func<string, CancellationToken, ValueTask<CacheItem<byte[]?>>> load, CancellationToken ct);

        [CacheKey("top", Expires = "1h")]
        ValueTask<Order> GetOrCreateTopAsync(Func<CancellationToken, ValueTask<CacheItem<Order>>> create, CancellationToken ct = default);

        [CacheKey("product:{id}", Stale = "5m")]
        ValueTask<bool> InvalidateProductAsync(int id, CancellationToken ct = default);

        [CacheKey("product:{id}", Stale = "5m")]
        Task InvalidateAsync(int id);
        """));

    [Fact]
    public void Created_batches() => Verify(Client(
        """
        [CacheKey("product:{ids}")]
        ValueTask<IReadOnlyDictionary<int, Order>> GetOrCreateProductsAsync(
            IReadOnlyCollection<int> ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, Order>>> create, CancellationToken ct = default);

        [CacheKey("product:{id}")]
        ValueTask<Order> GetOrCreateProductAsync(int id, Func<CancellationToken, ValueTask<Order>> create, CancellationToken ct = default);

        [CacheKey("price:{tenant}:{keys}", Expires = "5m")]
        Task<Dictionary<string, double>> GetOrCreateManyPricesAsync(
            string tenant, Func<IReadOnlyList<string>, CancellationToken, ValueTask<IReadOnlyDictionary<string, double>>> create, params string[] keys);

        [CacheKey("name:{tenant}:{color}:{ids}", Expires = "5m")]
        ValueTask<IDictionary<Guid, string?>> GetOrCreateNamesAsync(
            string tenant, Color color, IEnumerable<Guid> ids,
            Func<IReadOnlyList<Guid>, CancellationToken, ValueTask<IReadOnlyDictionary<Guid, string?>>> create, TimeSpan expires, CancellationToken ct = default);
        """,
        "CacheClient(\"shop\", Expires = \"1h\", Stale = \"10m\", FailSafe = \"1m\")"));

    [Fact]
    public void Jitter() => Verify(Client(
        """
        [CacheKey("product:{id}", Expires = "10m")]
        ValueTask SetProductAsync(int id, string value);

        [CacheKey("product:{id}", Jitter = "50%")]
        ValueTask<bool> AddProductAsync(int id, string value, TimeSpan? expires);

        [CacheKey("product:{id}", Expires = "10m", Jitter = "0%")]
        ValueTask<bool> TouchProductAsync(int id);

        [CacheKey("other:{id}")]
        ValueTask SetOtherAsync(int id, string value);

        [CacheKey("views:{id}", Expires = "1d")]
        ValueTask<ulong> IncrementViewsAsync(int id);

        [CacheKey("basket:{id}", Expires = "30m")]
        CacheEntry<Order> Basket(int id);
        """,
        "CacheClient(\"shop\", Jitter = \"12.5%\")"));

    [Fact]
    public void Audit() => Verify(Client(
        """
        [CacheKey("product:{id}")]
        ValueTask<Order> GetOrCreateProductAsync(int id, Func<CancellationToken, ValueTask<Order>> create, CancellationToken ct = default);

        [CacheKey("product:{ids}", Audit = 0)]
        ValueTask<Dictionary<int, Order>> GetOrCreateProductsAsync(
            int[] ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, Order>>> create, CancellationToken ct = default);

        [CacheKey("basket:{id}", Audit = 0.5)]
        CacheEntry<Order> Basket(int id);

        [CacheKey("other:{id}")]
        ValueTask<Order?> GetOtherAsync(int id);
        """,
        "CacheClient(\"shop\", Expires = \"10m\", Audit = 0.001)"));

    [Fact]
    public void Stale_of_what_is_stored() => Verify(Client(
        """
        [CacheKey("product:{id}")]
        ValueTask<Order> GetOrCreateProductAsync(int id, Func<CancellationToken, ValueTask<Order>> create, CancellationToken ct = default);

        [CacheKey("product:{id}")]
        ValueTask SetProductAsync(int id, Order value);

        [CacheKey("product:{products}")]
        ValueTask SetProductsAsync(IReadOnlyDictionary<int, Order> products);

        [CacheKey("product:{id}")]
        ValueTask<bool> AddProductAsync(int id, Order value, TimeSpan? expires);

        [CacheKey("product:{id}", Jitter = "10%")]
        ValueTask<bool> ReplaceProductAsync(int id, Order value, CacheExpiry? expires);

        [CacheKey("product:{id}")]
        ValueTask<CasResult> CompareAndSetProductAsync(int id, Order value, ulong cas, CacheExpiry expires);

        [CacheKey("product:{id}", Jitter = "10%")]
        ValueTask<bool> TouchProductAsync(int id, TimeSpan expires);

        [CacheKey("product:{id}")]
        ValueTask<Order?> GetAndTouchProductAsync(int id);

        [CacheKey("product:{id}")]
        CacheEntry<Order> Product(int id);

        [CacheKey("views:{id}")]
        ValueTask<ulong> IncrementViewsAsync(int id);

        [CacheKey("other:{id}", Stale = "0s")]
        ValueTask SetOtherAsync(int id, string value);
        """,
        "CacheClient(\"shop\", Expires = \"10m\", Stale = \"5m\")"));

    [Fact]
    public void Created_entries() => Verify(Client(
        """
        [CacheKey("order:{user}", Expires = "30m", Stale = "10m")]
        CacheEntry<Order> Basket(Guid user);

        [CacheKey("limit", CacheNull = true)]
        CacheEntry<Order?> Limit();

        [CacheKey("city:{key}", Expires = "1d", Stale = "1h", FailSafe = "1m")]
        CacheEntrySet<int, Order> Cities();
        """));

    [Fact]
    public void Near_values() => Verify(Client(
        """
        [CacheKey("product:{id}")]
        ValueTask<string?> GetProductAsync(int id, CancellationToken ct = default);

        [CacheKey("product:{ids}")]
        ValueTask<IReadOnlyDictionary<int, string>> GetProductsAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default);

        [CacheKey("product:{id}")]
        ValueTask<string> GetOrCreateProductAsync(int id, Func<int, CancellationToken, ValueTask<string>> create, CancellationToken ct = default);

        [CacheKey("product:{ids}")]
        Task<Dictionary<int, string>> GetOrCreateProductsAsync(
            int[] ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>> create, CancellationToken ct = default);

        [CacheKey("product:{id}", Near = "0s")]
        ValueTask<string?> GetFreshProductAsync(int id);

        [CacheKey("product:{id}")]
        ValueTask<CacheValue<string>> GetProductValueAsync(int id);

        [CacheKey("product:{id}")]
        ValueTask SetProductAsync(int id, string value, CancellationToken ct = default);

        [CacheKey("lines:{id}", Near = "500ms", NearRevalidate = "0s")]
        Task<List<string>> GetOrCreateLinesAsync(int id, Func<CancellationToken, ValueTask<List<string>>> create);

        [CacheKey("price:{id}", Near = "1s500ms")]
        ValueTask<decimal?> GetPriceAsync(int id);

        [CacheKey("basket:{user}", Stale = "0s", NearRevalidate = "1h")]
        CacheEntry<Order> Basket(Guid user);

        [CacheKey("city:{key}", Expires = "1d", Stale = "0s", Near = "10s", NearRevalidate = "0s")]
        CacheEntrySet<int, string> Cities();

        [CacheKey("note:{key}", Stale = "0s", Near = "0s")]
        CacheEntrySet<int, string> Notes();

        [CacheKey("views:{id}")]
        CacheCounter Views(int id);
        """,
        "CacheClient(\"shop\", Expires = \"10m\", Stale = \"5m\", Near = \"2s\", NearRevalidate = \"5m\")"));

    [Fact]
    public void Near_values_of_one_kind() => Verify(Client(
        """
        [CacheKey("order:{id}", Near = "2s")]
        ValueTask<Order?> GetAsync(int id, CancellationToken ct = default);

        [CacheKey("order:{id}", Expires = "1m", Near = "2s", Stale = "10s")]
        ValueTask<Order> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<Order>> create, CancellationToken ct = default);
        """));

    [Fact]
    public void Dialect() => Verify(Client(
        """
        [CacheKey("name:{id}")]
        ValueTask<string?> GetNameAsync(int id, CancellationToken ct = default);

        [CacheKey("seen:{id}", Expires = "1d")]
        ValueTask SetSeenAsync(int id, DateTime value, CancellationToken ct = default);

        [CacheKey("seen:{id}")]
        ValueTask<DateTime?> GetSeenAsync(int id, CancellationToken ct = default);

        [CacheKey("views:{id}")]
        CacheCounter Views(int id);
        """,
        "CacheClient(\"shop\", Dialect = CacheDialect.Enyim)"));

    [Fact]
    public void Interface_with_mistakes()
    {
        var run = GeneratorRun.Of(Client("[CacheKey(\"{\")] ValueTask<string?> GetAsync(int id);"));

        Assert.Equal("TC0101", Assert.Single(run.Diagnostics).Id);
        run.AssertNoCompilerErrors();
        Snapshot.Verify(run);
    }

    private static void Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var run = GeneratorRun.Of(source);
        run.AssertCompiles();
        Snapshot.Verify(run, method: method);
    }
}
