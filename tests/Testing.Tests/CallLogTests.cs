using TypedCache.Values;

namespace TypedCache.Testing.Tests;

/// <summary>Recorded calls, and the messages of expectations that do not hold.</summary>
public sealed class CallLogTests : IAsyncDisposable
{
    private static readonly Product Lamp = new("Lamp", 5);

    private readonly TestCluster _cluster = new(servers: 2);
    private readonly MemcachedPool _pool;
    private readonly IShopCache _shop;

    public CallLogTests()
    {
        _pool = _cluster.Connect();
        _shop = _pool.CreateClient<IShopCache>();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Each_key_is_a_call_with_its_answer()
    {
        await _shop.GetProductsAsync([1, 2], Token);
        await _shop.SetProductAsync(1, Lamp, Token);
        await _shop.GetProductsAsync([1, 2], Token);
        await _shop.IncrementViewsAsync(1, cancellationToken: Token);
        await _shop.DeleteProductAsync(1, Token);
        await _shop.DeleteProductAsync(1, Token);
        await _pool.AddAsync("shop:a", "x", CacheCodecs.String, cancellationToken: Token);
        await _pool.AddAsync("shop:a", "x", CacheCodecs.String, cancellationToken: Token);
        await _pool.ReplaceAsync("shop:b", "x", CacheCodecs.String, cancellationToken: Token);
        await _pool.TouchAsync("shop:a", CacheExpiry.FromSeconds(9), Token);
        await _pool.ExistsAsync("shop:a", Token);

        Assert.Equal(
            [
                "get shop:product:1 Miss", "get shop:product:2 Miss", "set shop:product:1 Done", "get shop:product:1 Hit", "get shop:product:2 Miss",
                "increment shop:views:1 Done", "delete shop:product:1 Done", "delete shop:product:1 NotFound",
                "add shop:a Done", "add shop:a NotStored", "replace shop:b NotStored", "touch shop:a Done", "inspect shop:a Hit",
            ],
            _cluster.Calls
                .Select(static (call, index) => (Text: $"{call.KindText()} {call.Key} {call.Answer}", Batch: index < 2 ? 0 : index is 3 or 4 ? 3 : index))
                .OrderBy(static call => call.Batch).ThenBy(static call => call.Batch is 0 or 3 ? call.Text : "", StringComparer.Ordinal)
                .Select(static call => call.Text));
        Assert.Equal(2, _cluster.Calls.CountOf(CallKind.Add));
        Assert.Equal(4, _cluster.Calls.CountOf(CallKind.Get, "shop:product:*"));
    }

    [Theory]
    [InlineData("1.6.40")]
    [InlineData("1.4.31")]
    public async Task A_delete_that_compares_is_a_delete(string version)
    {
        await using var cluster = new TestCluster(new TestClusterOptions { ServerVersion = version });
        var pool = cluster.Connect();
        await pool.SetAsync("shop:a", "x", CacheCodecs.String, cancellationToken: Token);
        var read = await pool.GetValueAsync("shop:a", CacheCodecs.String, Token);
        Assert.True(await pool.CompareAndDeleteAsync("shop:a", read.Cas, Token));

        Assert.EndsWith("delete shop:a: done", cluster.Calls[^1].ToString(), StringComparison.Ordinal);
        cluster.Calls.AssertDeletes("shop:a", times: 1);
        cluster.Calls.AssertStores("shop:a", times: 1);
        cluster.AssertNotStored("shop:a");
    }

    [Fact]
    public async Task A_lease_that_a_plain_read_has_won_is_given_back_and_invalidates_nothing()
    {
        await _shop.SetProductAsync(42, Lamp, Token);
        await _shop.InvalidateProductAsync(42, Token);
        Assert.Equal(Lamp, await _shop.GetProductAsync(42, Token));
        await _cluster.Calls.WaitForAsync(CallKind.Release, "shop:product:42", cancellationToken: Token);

        _cluster.Calls.AssertInvalidations("shop:product:42", times: 1);
        Assert.True(_cluster.AssertStored("shop:product:42").IsStale);
    }

    [Fact]
    public async Task Expectations_that_hold_say_nothing()
    {
        await _shop.GetProductAsync(42, Token);
        await _shop.SetProductAsync(42, Lamp, Token);
        await _shop.GetProductAsync(42, Token);
        await _shop.DeleteProductAsync(42, Token);
        await _shop.InvalidateProductAsync(42, Token);

        _cluster.Calls.AssertGets("shop:product:*", times: 2);
        _cluster.Calls.AssertHits("shop:product:42", times: 1);
        _cluster.Calls.AssertMisses("*:42", times: 1);
        _cluster.Calls.AssertStores("shop:*", times: 1);
        _cluster.Calls.AssertDeletes("*", times: 1);
        _cluster.Calls.AssertInvalidations("shop:product:42", times: 1);
        _cluster.Calls.AssertCalls(CallKind.Set, "shop:product:42", times: 1);
        _cluster.Calls.AssertNone("shop:product:43");
        _cluster.Calls.AssertOrder("get *", "store *", "get *", "delete *");
        _cluster.Calls.Clear();
        _cluster.Calls.AssertNone();
    }

    [Fact]
    public async Task A_failure_shows_what_was_expected_and_all_calls_in_order()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        await shop.GetOrCreateProductAsync(42, static _ => new(Lamp), Token);
        cluster.Advance("1m30s");
        await shop.GetProductAsync(42, Token);
        cluster.Servers[0].RefuseNext();
        cluster.Servers[0].FailNext();
        await Assert.ThrowsAsync<MemcachedServerException>(async () => await shop.IncrementViewsAsync(7, cancellationToken: Token));
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await shop.SetProductAsync(43, Lamp, Token));

        var failure = Assert.Throws<CacheAssertException>(() => cluster.Calls.AssertGets("shop:product:*", times: 1));

        Assert.Equal(
            """
            Expected 1 get of 'shop:product:*', but there were 2.

            All calls, in order (5):
            > 00:00:00.000  cache-1:11211  get            shop:product:42  miss, lease won
              00:00:00.000  cache-1:11211  compareandset  shop:product:42  stored, 18 bytes
            > 00:01:30.000  cache-1:11211  get            shop:product:42  hit, 18 bytes
              00:01:30.000  cache-1:11211  increment      shop:views:7     SERVER_ERROR out of memory storing object (RefuseNext)
              00:01:30.000  cache-1:11211  set            shop:product:43  connection closed, not carried out (FailNext)
            """,
            failure.Message,
            ignoreLineEndingDifferences: true);
        Assert.Equal("00:01:30.000  cache-1:11211  get shop:product:42: hit, 18 bytes", cluster.Calls[2].ToString());
    }

    [Fact]
    public async Task A_failed_order_says_how_far_it_went()
    {
        await _shop.GetProductAsync(42, Token);

        var failure = Assert.Throws<CacheAssertException>(() => _cluster.Calls.AssertOrder("get shop:*", "set shop:*", "get shop:*"));

        Assert.StartsWith(
            "Expected in this order: get shop:*, set shop:*, get shop:*.\nThere is no 'set shop:*' behind 'get shop:*'.\n\nAll calls, in order (1):\n> 00:00:00.000  cache-", failure.Message, StringComparison.Ordinal);
        var wrong = Assert.Throws<ArgumentException>(() => _cluster.Calls.AssertOrder("fetch shop:*"));
        Assert.StartsWith("'fetch shop:*' is not a call. Write its kind and its keys, such as 'get shop:product:*'; kinds are store, get, inspect, set,", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expectations_of_none_and_of_one_read_well()
    {
        Assert.Equal("Expected 1 delete of '*', but there were none.\n\nNo server was asked anything.", Message(() => _cluster.Calls.AssertDeletes("*", times: 1)));
        await _shop.GetProductAsync(42, Token);
        Assert.StartsWith("Expected no calls of 'shop:*', but there was 1.", Message(() => _cluster.Calls.AssertNone("shop:*")), StringComparison.Ordinal);
        Assert.StartsWith("Expected 2 misses of '*', but there was 1.", Message(() => _cluster.Calls.AssertMisses("*", times: 2)), StringComparison.Ordinal);
        Assert.StartsWith("Expected 2 hits of '*', but there were none.", Message(() => _cluster.Calls.AssertHits("*", times: 2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_calls_the_first_and_the_last_are_shown()
    {
        for (var id = 100; id < 150; id++)
        {
            await _shop.GetProductAsync(id, Token);
        }

        var lines = _cluster.Calls.ToString().Split('\n');

        Assert.Equal(1 + 20 + 1 + 20, lines.Length);
        Assert.Equal(("All calls, in order (50):", "  ... 10 more"), (lines[0], lines[21]));
        Assert.Contains("shop:product:119", lines[20], StringComparison.Ordinal);
        Assert.Contains("shop:product:130", lines[22], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_value_is_shown_with_what_is_stored()
    {
        Assert.Equal("Expected a value under 'shop:product:42', but there is none.\n\nNo server stores anything.\n\nNo server was asked anything.", Message(() => _cluster.AssertStored("shop:product:42")));
        await _shop.SetProductAsync(43, Lamp, Token);

        var server = _cluster.ServerOf("shop:product:43").Name;
        Assert.StartsWith(
            $"Expected a value under 'shop:product:42', but there is none.\n\nAll items (1):\n  {server}  shop:product:43: 18 bytes, flags 65537, 15m left\n\nAll calls, in order (1):\n", Message(() => _cluster.AssertStored("shop:product:42")), StringComparison.Ordinal);
        Assert.StartsWith($"Expected no value under 'shop:product:43', but there is one on {server}.", Message(() => _cluster.AssertNotStored("shop:product:43")), StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_and_kinds_that_are_wrong_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.Calls.AssertGets("*", times: -1));
        Assert.Throws<ArgumentNullException>(() => _cluster.Calls.AssertGets(null!, times: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.Servers[0].FailNext(calls: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.Servers[0].Delay(TimeSpan.Zero));
        Assert.Throws<FormatException>(() => _cluster.Servers[0].Delay("soon"));
    }

    [Theory]
    [InlineData("a*c", "abc", true)]
    [InlineData("a*c", "ac", true)]
    [InlineData("a*c", "acb", false)]
    [InlineData("*", "", true)]
    [InlineData("*b*b", "abab", true)]
    [InlineData("*b*b", "aba", false)]
    [InlineData("abc", "abcd", false)]
    [InlineData("abcd", "abc", false)]
    [InlineData("a**", "a", true)]
    [InlineData("", "a", false)]
    public async Task A_star_stands_for_any_characters(string pattern, string key, bool fits)
    {
        if (key.Length > 0)
        {
            await _pool.GetAsync(key, CacheCodecs.String, Token);
        }

        Assert.Equal(fits && key.Length > 0 ? 1 : 0, _cluster.Calls.CountOf(CallKind.Get, pattern));
    }

    private static string Message(Action assert) => Assert.Throws<CacheAssertException>(assert).Message;
}
