using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

public sealed class NearRuleTests : RuleTest
{
    private const string Get = "ValueTask<string?> GetAsync(int id);";
    private const string Create = "ValueTask<string> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<string>> create);";

    [Theory]
    [InlineData("Near", "99ms", "Near has to be at least 100ms")]
    [InlineData("Near", "1d1ms", "Near can be at most 1 day")]
    [InlineData("NearRevalidate", "25h", "NearRevalidate can be at most 1 day")]
    [InlineData("Near", "500", "'500' has no unit")]
    [InlineData("Near", "100ms1s", "'s' is in the wrong place: days, hours, minutes and seconds come in this order, each once")]
    public void TC0205_near_not_valid(string name, string duration, string reason)
    {
        var message = $"'{duration}' is not a valid duration, because {reason}: write it like 90s, 10m, 1h30m or 7d";
        ReportsOnly("TC0205", message, Client($"[CacheKey(\"p:{{id}}\", {name} = ⟦\"{duration}\"⟧)] {Get}"));
        ReportsOnly("TC0205", message, Client($"[CacheKey(\"p:{{id}}\")] {Get}", $"CacheClient(\"shop\", {name} = ⟦\"{duration}\"⟧)"));
    }

    [Theory]
    [InlineData("Expires")]
    [InlineData("Stale")]
    public void TC0205_milliseconds_for_the_server(string name) => ReportsOnly(
        "TC0205",
        "'1s500ms' is not a valid duration, because memcached counts in whole seconds: write it like 90s, 10m, 1h30m or 7d",
        Client($"[CacheKey(\"p:{{id}}\")] {Get}", $"CacheClient(\"shop\", {name} = ⟦\"1s500ms\"⟧)"));

    [Theory]
    [InlineData("Near = \"100ms\"")]
    [InlineData("Near = \"1d\"")]
    [InlineData("Near = \"23h59m59s999ms\", NearRevalidate = \"1d\"")]
    [InlineData("Near = \"0s\", NearRevalidate = \"0s\"")]
    [InlineData("Near = \"0ms\"")]
    public void TC0205_not_for_near(string options) => Passes(Client($"[CacheKey(\"p:{{id}}\", {options})] {Get}"));

    [Theory]
    [InlineData("ValueTask<CacheValue<string>> GetAsync(int id)", "GetAsync", "Get with CAS numbers")]
    [InlineData("ValueTask<CacheValues<int, CacheValue<string>>> GetAsync(int[] id)", "GetAsync", "Get with CAS numbers")]
    [InlineData("ValueTask<string?> GetAndTouchAsync(int id)", "GetAndTouchAsync", "GetAndTouch")]
    [InlineData("ValueTask SetAsync(int id, string value)", "SetAsync", "Set")]
    [InlineData("ValueTask<bool> DeleteAsync(int id)", "DeleteAsync", "Delete")]
    [InlineData("ValueTask<ulong> IncrementAsync(int id)", "IncrementAsync", "Increment")]
    [InlineData("CacheCounter Count(int id)", "Count", "a CacheCounter")]
    public void TC0214_near_of_another_operation(string method, string owner, string user)
    {
        foreach (var name in new[] { "Near", "NearRevalidate" })
        {
            ReportsOnly(
                "TC0214",
                $"{name} of '{owner}' has no effect, because {user} does not use it: remove it",
                Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", {name} = ⟦\"2s\"⟧)] {method};"));
        }
    }

    [Fact]
    public void TC0214_not_for_the_client() => Passes(Client(
        """
        [CacheKey("p:{id}")] ValueTask<string?> GetAsync(int id);
        [CacheKey("p:{id}")] ValueTask<CacheValue<string>> GetValueAsync(int id);
        [CacheKey("p:{id}")] ValueTask SetAsync(int id, string value);
        [CacheKey("n:{id}")] CacheCounter Count(int id);
        """,
        "CacheClient(\"shop\", Expires = \"1h\", Near = \"2s\", NearRevalidate = \"1m\")"));

    [Theory]
    [InlineData("⟦List<int>?⟧", "List<int>", "'List<int>' can change: use ImmutableArray<int>")]
    [InlineData("⟦Order?⟧", "Order", "'Order.Note' can be set: write init instead of set, or mark 'Order' with [ImmutableObject(true)] if nobody changes it")]
    [InlineData(
        "⟦Basket?⟧", "Basket", "'Basket.Lines' is of type 'List<string>', which can change: use ImmutableArray<string>, or mark 'Basket' with [ImmutableObject(true)] if nobody changes it")]
    [InlineData("⟦byte[]?⟧", "byte[]", "'byte[]' can change: use a type that cannot change")]
    public void TC0401_value_that_can_change(string returned, string type, string reason) => ReportsOnly(
        "TC0401",
        $"Near values of '{type}' are kept as bytes and decoded for each caller, because {reason}",
        Types(returned, "Near = \"2s\""));

    [Fact]
    public void TC0401_once_for_each_type() => ReportsOnly(
        "TC0401",
        "Near values of 'List<int>' are kept as bytes and decoded for each caller, because 'List<int>' can change: use ImmutableArray<int>",
        Client(
            """
            [CacheKey("p:{id}")] ⟦ValueTask<List<int>?>⟧ GetAsync(int id);
            [CacheKey("p:{id}")] CacheEntry<List<int>> Entry(int id);
            [CacheKey("p:{ids}")] ValueTask<IReadOnlyDictionary<int, List<int>>> GetManyAsync(int[] ids);
            """,
            "CacheClient(\"shop\", Expires = \"1h\", Near = \"2s\")"));

    [Theory]
    [InlineData("Order?", "Expires = \"1m\"")]
    [InlineData("Order?", "Near = \"0s\"")]
    [InlineData("CacheValue<Order>", "Expires = \"1m\"")]
    [InlineData("string?", "Near = \"2s\"")]
    [InlineData("(int Id, string? Name)?", "Near = \"2s\"")]
    public void TC0401_not_for(string returned, string options) => Passes("TC0401", Types(returned, options));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\", Expires = \"1m\", Near = ⟦\"1m\"⟧)] " + Get, "CacheClient", "GetAsync", "1m", "1m")]
    [InlineData("[CacheKey(\"p:{id}\", Near = ⟦\"2h\"⟧)] " + Create, "CacheClient(Expires = \"1h\")", "GetOrCreateAsync", "2h", "1h")]
    [InlineData("[CacheKey(\"p:{id}\", Expires = ⟦\"1s\"⟧)] CacheEntry<string> Entry(int id);", "CacheClient(Near = \"1s500ms\")", "Entry", "1s500ms", "1s")]
    [InlineData("[CacheKey(\"p:{id}\")] " + Get, "CacheClient(Expires = \"1m\", Near = ⟦\"5m\"⟧)", "IShopCache", "5m", "1m")]
    public void TC0402_near_not_shorter(string method, string client, string owner, string near, string expires) => ReportsOnly(
        "TC0402",
        $"Near of '{owner}' is {near}, but its values expire after {expires}: make Near shorter, or write Near = \"0s\" for none",
        Client(method, client));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\", Expires = \"1s\", Near = \"999ms\")] " + Get, "CacheClient")]
    [InlineData("[CacheKey(\"p:{id}\", Expires = \"1s\", Near = \"0s\")] " + Get, "CacheClient(Near = \"2s\")")]
    [InlineData("[CacheKey(\"p:{id}\", Near = \"2h\")] " + Get, "CacheClient")]
    [InlineData("[CacheKey(\"p:{id}\", Expires = \"1s\")] ValueTask SetAsync(int id, string value);", "CacheClient(Near = \"2s\")")]
    [InlineData(
        "[CacheKey(\"p:{id}\", Expires = \"1s\", Near = \"2s\")] ValueTask<string> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<string>> create, TimeSpan expires);", "CacheClient")]
    public void TC0402_not_for(string method, string client) => Passes(Client(method, client));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\", Near = \"2s\")]", "[CacheKey(⟦\"p:{id}\"⟧)]", "none", "2s")]
    [InlineData("[CacheKey(⟦\"p:{id}\"⟧)]", "[CacheKey(\"p:{id}\", Near = \"2s\")]", "none", "2s", true)]
    [InlineData("[CacheKey(\"p:{id}\", Near = \"2s\")]", "[CacheKey(⟦\"p:{id}\"⟧, Near = \"200ms\")]", "200ms", "2s")]
    [InlineData(
        "[CacheKey(\"p:{id}\", Near = \"2s\", NearRevalidate = \"1m\")]", "[CacheKey(⟦\"p:{id}\"⟧, Near = \"2s\")]", "2s", "2s with a NearRevalidate of 1m")]
    public void TC0403_near_differs(string get, string entry, string one, string other, bool isFirst = false)
    {
        var (told, model) = isFirst ? ("GetAsync", "Entry") : ("Entry", "GetAsync");
        ReportsOnly(
            "TC0403",
            $"Near of IShopCache.{told} is {one}, but that of IShopCache.{model}, which has the same key, is {other}: set the same here, or write Near = \"0s\" to always ask the server",
            Client($"{get} {Get} {entry} CacheEntry<string> Entry(int id);"));
    }

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\", Near = \"0s\")] ValueTask<string?> GetFreshAsync(int id);")]
    [InlineData("[CacheKey(\"p:{id}\", Near = \"2000ms\")] ValueTask<string?> GetOtherAsync(int id);")]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask<CacheValue<string>> GetValueAsync(int id);")]
    [InlineData("[CacheKey(\"p:{id}\", Expires = \"1h\")] ValueTask SetAsync(int id, string value);")]
    [InlineData("[CacheKey(\"q:{id}\")] ValueTask<string?> GetOtherAsync(int id);")]
    public void TC0403_not_for(string other) => Passes(Client($"[CacheKey(\"p:{{id}}\", Near = \"2s\")] {Get} {other}"));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\", NearRevalidate = ⟦\"5m\"⟧)] " + Get, "CacheClient", "GetAsync", "5m", "Near is not set", "add Near, or remove NearRevalidate")]
    [InlineData(
        "[CacheKey(\"p:{id}\", Near = \"0s\", NearRevalidate = ⟦\"5m\"⟧)] " + Get, "CacheClient", "GetAsync", "5m", "Near is not set", "add Near, or remove NearRevalidate")]
    [InlineData(
        "[CacheKey(\"p:{id}\", Near = \"2s\", NearRevalidate = ⟦\"2s\"⟧)] " + Get, "CacheClient", "GetAsync", "2s", "Near is 2s", "make it longer than Near, or remove it")]
    [InlineData("[CacheKey(\"p:{id}\", Near = ⟦\"10m\"⟧)] " + Get, "CacheClient(NearRevalidate = \"5m\")", "GetAsync", "5m", "Near is 10m", "make it longer than Near, or remove it")]
    [InlineData("[CacheKey(\"p:{id}\")] " + Get, "CacheClient(NearRevalidate = ⟦\"5m\"⟧)", "IShopCache", "5m", "Near is not set", "add Near, or remove NearRevalidate")]
    [InlineData(
        "[CacheKey(\"p:{id}\")] " + Get, "CacheClient(Near = \"2s\", NearRevalidate = ⟦\"1s\"⟧)", "IShopCache", "1s", "Near is 2s", "make it longer than Near, or remove it")]
    public void TC0404_revalidate_too_short(string method, string client, string owner, string revalidate, string reason, string fix) => ReportsOnly(
        "TC0404",
        $"NearRevalidate of '{owner}' is {revalidate}, but {reason}: {fix}",
        Client(method, client));

    [Theory]
    [InlineData("Near = \"2s\", NearRevalidate = \"2s1ms\"", "CacheClient")]
    [InlineData("Near = \"2s\"", "CacheClient(NearRevalidate = \"5m\")")]
    [InlineData("Near = \"0s\"", "CacheClient(Near = \"2s\", NearRevalidate = \"5m\")")]
    [InlineData("Near = \"10m\", NearRevalidate = \"0s\"", "CacheClient(Near = \"2s\", NearRevalidate = \"5m\")")]
    public void TC0404_not_for(string options, string client) => Passes(Client($"[CacheKey(\"p:{{id}}\", {options})] {Get}", client));

    [Fact]
    public void TC0217_near_read_of_another_interface()
    {
        ReportsOnly(
            "TC0217",
            "Stale of IShopCache.GetAsync is none, but that of IOther.Entry, which has the same key, is 10s: set Stale = \"10s\" here too, or one value for both in [CacheClient]",
            Source("⟦\"p:{id}\"⟧, Near = \"2s\""));
        Passes(Source("\"p:{id}\", Near = \"2s\", Stale = \"10s\""));

        static string Source(string key) => Client($"[CacheKey({key})] {Get}")
            + "[CacheClient(\"shop\")] public partial interface IOther { [CacheKey(\"p:{id}\", Expires = \"1m\", Stale = \"10s\", Near = \"2s\")] CacheEntry<string> Entry(int id); }";
    }

    [Fact]
    public void TC0217_not_for_a_near_read_of_the_same_interface() => Passes(Client(
        $"[CacheKey(\"p:{{id}}\", Near = \"2s\")] {Get} [CacheKey(\"p:{{id}}\", Expires = \"1m\", Stale = \"10s\", Near = \"2s\")] CacheEntry<string> Entry(int id);"));

    private static string Types(string returned, string options) => $$"""
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using TypedCache;

        public sealed class Order { public int Id { get; init; } public string? Note { get; set; } }

        public sealed record Basket(int Id, List<string> Lines);

        [CacheClient("shop")]
        public partial interface IShopCache
        {
            [CacheKey("p:{id}", {{options}})] {{(returned.Contains('⟦', System.StringComparison.Ordinal) ? $"⟦ValueTask<{returned.Trim('⟦', '⟧')}>⟧" : $"ValueTask<{returned}>")}} GetAsync(int id);
        }
        """;
}
