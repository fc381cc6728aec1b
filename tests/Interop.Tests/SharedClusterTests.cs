using System.Globalization;
using System.Text.Json;
using TypedCache.Interop.Tests.Php;
using TypedCache.Values;

namespace TypedCache.Interop.Tests;

/// <summary>PHP and .NET on the same servers: same key, same server, same value.</summary>
public class SharedClusterTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<PhpSetup> Setups => [.. PhpSetup.All];

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task What_PHP_writes_is_read(PhpSetup setup)
    {
        using var cluster = new SharedCluster(setup);
        var (php, shop) = (cluster.Php, cluster.Shop);
        var keys = KeysOf(setup);
        var read = 0;

        await CompareAsync("text", "text", shop.GetTextAsync, i => $"text {i} é");
        await CompareAsync("long", "text", shop.GetTextAsync, i => string.Concat(Enumerable.Repeat($"a long text {i} ", 3000)), keys[..200]);
        await CompareAsync("number", "number", shop.GetNumberAsync, i => i - 1000L);
        await CompareAsync("float", "price", shop.GetPriceAsync, i => i / 8.0);
        await CompareAsync("bool", "flag", shop.GetFlagAsync, i => i % 2 == 0);
        await CompareAsync("product", "product", async (key, cancel) => JsonSerializer.Serialize(await shop.GetProductAsync(key, cancel)), i => JsonSerializer.Serialize(ProductOf(i)));

        output.WriteLine($"{setup}: {read} values which PHP wrote were read");

        async Task CompareAsync<T>(string kind, string word, Func<string, CancellationToken, ValueTask<T>> get, Func<int, object> expected, string[]? some = null)
        {
            some ??= keys;
            Assert.All(php.Set(kind, SharedKeys.Named(word, some)), Assert.True);
            for (var i = 0; i < some.Length; i++)
            {
                Assert.Equal(expected(i), await get(some[i], Cancel));
                read++;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task What_is_written_is_read_by_PHP(PhpSetup setup)
    {
        using var cluster = new SharedCluster(setup);
        var (php, shop) = (cluster.Php, cluster.Shop);
        var keys = KeysOf(setup);
        var read = 0;

        await CompareAsync("text", (key, i) => shop.SetTextAsync(key, $"net {i} ü", Cancel), i => $"net {i} ü");
        await CompareAsync("text", (key, i) => shop.SetTextAsync(key, new string('z', 25_000 + i), Cancel), i => new string('z', 25_000 + i), keys[..200]);
        await CompareAsync("number", (key, i) => shop.SetNumberAsync(key, i - 1000L, Cancel), i => i - 1000L);
        await CompareAsync("price", (key, i) => shop.SetPriceAsync(key, i / 3.0, Cancel), i => i / 3.0);
        await CompareAsync("flag", (key, i) => shop.SetFlagAsync(key, i % 2 == 0, Cancel), i => i % 2 == 0);

        for (var i = 0; i < keys.Length; i++)
        {
            await shop.SetProductAsync(keys[i], ProductOf(i), Cancel);
        }

        var names = SharedKeys.Named("product", keys);
        var products = setup.IsPecl ? php.GetUnpacked(names) : php.Get(names);
        for (var i = 0; i < keys.Length; i++)
        {
            AssertSameJson(JsonOf(ProductOf(i)), (string?)products[i]);
            read++;
        }

        output.WriteLine($"{setup}: PHP read {read} values which were written");

        async Task CompareAsync(string word, Func<string, int, ValueTask> set, Func<int, object> expected, string[]? some = null)
        {
            some ??= keys;
            for (var i = 0; i < some.Length; i++)
            {
                await set(some[i], i);
            }

            var got = php.Get(SharedKeys.Named(word, some));
            for (var i = 0; i < some.Length; i++)
            {
                Assert.Equal(expected(i), got[i]);
                read++;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Each_side_deletes_and_counts_the_keys_of_the_other(PhpSetup setup)
    {
        using var cluster = new SharedCluster(setup);
        var (php, shop) = (cluster.Php, cluster.Shop);
        var keys = KeysOf(setup);
        foreach (var key in keys)
        {
            await shop.SetNumberAsync(key, 10, Cancel);
        }

        var names = SharedKeys.Named("number", keys);
        Assert.All(php.Increment(names), value => Assert.Equal(17, value));
        Assert.All(php.Decrement(names), value => Assert.Equal(14, value));
        foreach (var key in keys)
        {
            Assert.Equal(19u, await shop.IncrementNumberAsync(key, 5, Cancel));
        }

        var (mine, theirs) = (keys[..(keys.Length / 2)], keys[(keys.Length / 2)..]);
        foreach (var key in mine)
        {
            Assert.True(await shop.DeleteNumberAsync(key, Cancel));
        }

        Assert.All(php.Delete(SharedKeys.Named("number", mine)), Assert.False);
        Assert.All(php.Delete(SharedKeys.Named("number", theirs)), Assert.True);
        foreach (var key in theirs)
        {
            Assert.False(await shop.DeleteNumberAsync(key, Cancel));
        }
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task A_stopped_server_is_replaced_by_the_same_one_on_both_sides(PhpSetup setup)
    {
        using var cluster = new SharedCluster(setup);
        var (php, shop) = (cluster.Php, cluster.Shop);
        var keys = KeysOf(setup);
        var names = SharedKeys.Named("number", keys);
        var homes = php.Locate(names);
        Assert.Equal(names.Select(key => cluster.Pool.FindServer(key).Name), homes);
        var stopped = cluster.Pool.Servers[1];
        cluster.Stop(1);

        var stored = php.Set("number", names);
        var moved = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            if (setup.IsPecl)
            {
                Assert.True(stored[i]);
                Assert.Equal(i - 1000L, await shop.GetNumberAsync(keys[i], Cancel));
                moved += homes[i] == stopped.Name ? 1 : 0;
            }
            else if (homes[i] == stopped.Name)
            {
                Assert.False(stored[i]);
                await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await shop.GetNumberAsync(keys[i], Cancel));
            }
        }

        output.WriteLine($"{setup}: {homes.Count(home => home == stopped.Name)} keys lived on the stopped server, {moved} were found on the same other one");
        Assert.Equal(setup.IsPecl, moved > 100);
    }

    [Fact]
    public void Keys_which_php_memcached_refuses_are_those_which_the_preset_should_not_be_given()
    {
        using var cluster = new SharedCluster(PhpSetup.All[^1]);

        Assert.All(cluster.Php.Set("text", ["with blank", "é", new string('x', 251), ""]), Assert.False);
    }

    private static string[] KeysOf(PhpSetup setup) => setup.IsPecl ? SharedKeys.ForPecl : SharedKeys.ForPhpMemcached;

    private static Product ProductOf(int i) => new()
    {
        Id = i,
        Name = $"café {i}",
        Price = i / 4.0,
        Tags = ["a", $"b{i}"],
        Stock = new() { [10] = 1, [20] = i },
    };

    private static string JsonOf(Product product) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":{{{product.Id}}},"name":"{{{product.Name}}}","price":{{{product.Price}}},"tags":["a","b{{{product.Id}}}"],"stock":{"10":1,"20":{{{product.Id}}}}}""");

    private static void AssertSameJson(string expected, string? found) =>
        Assert.True(found is not null && JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(found)), $"{found} for {expected}");
}
