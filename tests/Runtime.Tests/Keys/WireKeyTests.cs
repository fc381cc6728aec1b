using System.Text;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Keys;

/// <summary>No operation sends a byte for a key that memcached would not take, whoever wrote the key.</summary>
public class WireKeyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly GetOrCreateOptions Options = new() { Expires = CacheExpiry.FromSeconds(60) };

    private static readonly Dictionary<string, Func<MemcachedPool, byte[], ValueTask>> Operations = new()
    {
        ["Get"] = async (pool, key) => await pool.GetAsync(key, CacheCodecs.String),
        ["GetValue"] = async (pool, key) => await pool.GetValueAsync(key, CacheCodecs.String),
        ["GetAndTouch"] = async (pool, key) => await pool.GetAndTouchAsync(key, CacheCodecs.String, CacheExpiry.FromSeconds(60)),
        ["GetValueAndTouch"] = async (pool, key) => await pool.GetValueAndTouchAsync(key, CacheCodecs.String, CacheExpiry.FromSeconds(60)),
        ["Exists"] = async (pool, key) => await pool.ExistsAsync(key),
        ["Set"] = async (pool, key) => await pool.SetAsync(key, "v", CacheCodecs.String),
        ["Add"] = async (pool, key) => await pool.AddAsync(key, "v", CacheCodecs.String),
        ["Replace"] = async (pool, key) => await pool.ReplaceAsync(key, "v", CacheCodecs.String),
        ["Append"] = async (pool, key) => await pool.AppendAsync(key, "v", CacheCodecs.String),
        ["Prepend"] = async (pool, key) => await pool.PrependAsync(key, "v", CacheCodecs.String),
        ["CompareAndSet"] = async (pool, key) => await pool.CompareAndSetAsync(key, "v", 1, CacheCodecs.String),
        ["Touch"] = async (pool, key) => await pool.TouchAsync(key, CacheExpiry.FromSeconds(60)),
        ["Delete"] = async (pool, key) => await pool.DeleteAsync(key),
        ["Invalidate"] = async (pool, key) => await pool.InvalidateAsync(key, TimeSpan.FromSeconds(60)),
        ["Increment"] = async (pool, key) => await pool.IncrementAsync(key, 1),
        ["IncrementOrCreate"] = async (pool, key) => await pool.IncrementAsync(key, 1, initial: 1),
        ["Decrement"] = async (pool, key) => await pool.DecrementAsync(key, 1),
        ["DecrementOrCreate"] = async (pool, key) => await pool.DecrementAsync(key, 1, initial: 1),
        ["GetOrCreate"] = async (pool, key) => await pool.GetOrCreateAsync(key, static _ => new ValueTask<string>("v"), CacheCodecs.String, Options),
        ["GetMany"] = async (pool, key) => await pool.GetManyAsync([key], 0, Literal, KeyPolicy.Escape, CacheCodecs.String),
        ["SetMany"] = async (pool, key) => await pool.SetManyAsync([KeyValuePair.Create(key, "v")], 0, Literal, KeyPolicy.Escape, CacheCodecs.String),
        ["DeleteMany"] = async (pool, key) => await pool.DeleteManyAsync([key], 0, Literal, KeyPolicy.Escape),
        ["GetOrCreateMany"] = async (pool, key) => await pool.GetOrCreateManyAsync([key], 0, Literal, KeyPolicy.Escape, Create, CacheCodecs.String, Options),
        ["Entry"] = async (pool, key) => await new CacheEntry<string>(pool, key, CacheCodecs.String).SetAsync("v"),
        ["Counter"] = async (pool, key) => await new CacheCounter(pool, key).IncrementAsync(),
        ["EntrySet"] = async (pool, key) => await Entries(pool)[key].GetAsync(),
        ["EntrySetMany"] = async (pool, key) => await Entries(pool).GetManyAsync([key]),
        ["EntrySetCreateMany"] = async (pool, key) => await Entries(pool).GetOrCreateManyAsync([key], Create),
    };

    public static TheoryData<string, MemcachedProtocol, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, MemcachedProtocol, string>();
            foreach (var operation in Operations.Keys)
            {
                cases.Add(operation, MemcachedProtocol.Meta, "");
                cases.Add(operation, MemcachedProtocol.Meta, "app:");
                cases.Add(operation, MemcachedProtocol.Classic, "");
                cases.Add(operation, MemcachedProtocol.Classic, "app:");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_key_that_memcached_would_not_take_is_not_sent(string operation, MemcachedProtocol protocol, string prefix)
    {
        await using var pool = MemcachedPool.InMemory(configure: options =>
            (options.Protocol, options.KeyPrefix, options.OperationTimeout) = (protocol, prefix, Patience));
        var cancel = TestContext.Current.CancellationToken;
        await pool.SetAsync("victim", "alive", CacheCodecs.String, cancellationToken: cancel);
        var before = await StatisticsAsync(pool);

        foreach (var key in BadKeys(prefix))
        {
            var refused = await Assert.ThrowsAsync<CacheKeyException>(async () => await Operations[operation](pool, key));
            Assert.Contains(key.Length == 0 ? "empty" : ShownText.Of([.. Encoding.UTF8.GetBytes(key.Length > 250 ? "" : prefix), .. key]), refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await StatisticsAsync(pool));
        Assert.Equal("alive", await pool.GetAsync("victim", CacheCodecs.String, cancel));
    }

    [Theory]
    [InlineData(MemcachedProtocol.Meta)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task One_bad_key_of_a_batch_harms_no_other(MemcachedProtocol protocol)
    {
        await using var pool = MemcachedPool.InMemory(servers: 3, configure: options => (options.Protocol, options.OperationTimeout) = (protocol, Patience));
        var cancel = TestContext.Current.CancellationToken;
        byte[][] good = [.. Enumerable.Range(0, 20).Select(number => Encoding.ASCII.GetBytes($"k{number}"))];
        foreach (var key in good)
        {
            await pool.SetAsync(key, "v", CacheCodecs.String, cancellationToken: cancel);
        }

        var others = Enumerable.Range(0, 50).Select(number => pool.GetAsync($"k{number % 20}", CacheCodecs.String, cancel).AsTask()).ToArray();
        byte[][] mixed = [.. good, "k\r\ndelete k1\r\n"u8.ToArray(), .. good];
        await Assert.ThrowsAsync<CacheKeyException>(async () => await pool.GetManyAsync(mixed, 0, Literal, KeyPolicy.Reject, CacheCodecs.String, cancel));
        await Assert.ThrowsAsync<CacheKeyException>(async () => await pool.GetOrCreateManyAsync(mixed, 0, Literal, KeyPolicy.Reject, Create, CacheCodecs.String, Options, cancellationToken: cancel));

        Assert.All(await Task.WhenAll(others), static value => Assert.Equal("v", value));
        Assert.Equal(20, (await pool.GetManyAsync(good, 0, Literal, KeyPolicy.Reject, CacheCodecs.String, cancel)).Count);
    }

    [Fact]
    public async Task A_bad_key_is_refused_as_such_where_no_server_can_take_it()
    {
        await using var pool = MemcachedPool.InMemory();
        pool.Servers[0].Disable();
        byte[] bad = [.. "k\r\n"u8];

        foreach (var (name, operation) in Operations)
        {
            Assert.True(await Record.ExceptionAsync(async () => await operation(pool, bad)) is CacheKeyException, name);
        }
    }

    [Theory]
    [InlineData("items\r\nflush_all")]
    [InlineData("items\n")]
    [InlineData("ìtems")]
    public async Task No_statistics_group_can_bring_a_command(string group)
    {
        await using var pool = MemcachedPool.InMemory();
        await Assert.ThrowsAsync<ArgumentException>(async () => await pool.GetStatsAsync(group, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("user\r\n", "password")]
    [InlineData("us er", "password")]
    [InlineData("user", "pass\nword")]
    [InlineData("user", "pass word")]
    public void No_credentials_can_bring_a_command(string user, string password) => Assert.ThrowsAny<ArgumentException>(() =>
        MemcachedPool.InMemory(configure: options => options.Credentials = new MemcachedCredentials(user, password)));

    [Fact]
    public void Credentials_that_UTF8_cannot_hold_are_refused() => No_credentials_can_bring_a_command("user", "pass\uD800word");

    private static IEnumerable<byte[]> BadKeys(string prefix) =>
    [
        [],
        [.. "k\r\ndelete "u8, .. Encoding.UTF8.GetBytes(prefix), .. "victim\r\n"u8],
        [.. "k v\r\nmd "u8, .. Encoding.UTF8.GetBytes(prefix), .. "victim"u8],
        .. Enumerable.Range(0, 0x21).Select(static value => new[] { (byte)'k', (byte)value }),
        .. prefix.Length == 0 ? [] : new byte[][] { [.. Enumerable.Repeat((byte)' ', 10)] },
    ];

    private static void Literal(ref CacheKeyWriter writer, int state, byte[] item) => writer.AppendLiteral(item);

    private static CacheEntrySet<byte[], string> Entries(MemcachedPool pool) =>
        new(pool, static (ref writer, key) => writer.AppendLiteral(key), KeyPolicy.Escape, CacheCodecs.String);

    private static ValueTask<IReadOnlyDictionary<byte[], string>> Create(IReadOnlyList<byte[]> keys, CancellationToken cancellationToken) =>
        new(keys.ToDictionary(static key => key, static _ => "v"));

    // What tells that a command on a key came.
    private static async Task<Dictionary<string, string>> StatisticsAsync(MemcachedPool pool)
    {
        var statistics = (await pool.GetStatsAsync(cancellationToken: TestContext.Current.CancellationToken))[0].Value!;
        return statistics
            .Where(static entry => entry.Key.StartsWith("cmd_", StringComparison.Ordinal) || entry.Key.EndsWith("_hits", StringComparison.Ordinal)
                || entry.Key.EndsWith("_misses", StringComparison.Ordinal) || entry.Key.EndsWith("_items", StringComparison.Ordinal))
            .ToDictionary(static entry => entry.Key, static entry => entry.Value);
    }
}
