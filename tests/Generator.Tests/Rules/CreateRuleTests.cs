using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

/// <summary>The rules about values which are created where they are missing, and about their options.</summary>
public sealed class CreateRuleTests : RuleTest
{
    private const string Create = "Func<CancellationToken, ValueTask<string>> create";
    private const string GetOrCreate = $"ValueTask<string> GetOrCreateAsync(int id, {Create});";

    [Theory]
    [InlineData("int id", "Func<CancellationToken, ValueTask<string>>")]
    [InlineData("int[] id", "Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>>")]
    public void TC0209_no_create_function(string key, string expected) => ReportsOnly(
        "TC0209",
        $"'GetOrCreateAsync' lacks a function that creates the value: add a parameter '{expected} create'",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] ValueTask<{(key[3] == ' ' ? "string" : "Dictionary<int, string>")}> ⟦GetOrCreateAsync⟧({key});"));

    [Fact]
    public void TC0103_function_of_an_operation_which_creates_nothing() => ReportsOnly(
        "TC0103",
        "Parameter 'create' of 'GetAsync' is neither in the key nor used by the operation Get: write {create} into the template, or remove the parameter",
        Client("[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id, Func<CancellationToken, ValueTask<string>> ⟦create⟧);"));

    [Fact]
    public void TC0108_created_and_read_as_another_type() => Reports(
        "TC0108",
        "'shop:p:{id}' and 'shop:p:{id}' of IShopCache.GetOrCreateAsync can both give the key 'shop:p:0', but one stores 'Order' and the other 'string': start one of them with a different word",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] {GetOrCreate} [CacheKey(⟦\"p:{{id}}\"⟧)] ValueTask<Order?> GetOtherAsync(int id);"));

    [Fact]
    public void TC0108_not_for_one_type_under_all_verbs() => Passes(Client(
        $"""
        [CacheKey("p:@@id@@", Expires = "1m", Stale = "1m")] {GetOrCreate}
        [CacheKey("p:@@ids@@", Stale = "1m")] ValueTask<Dictionary<int, string>> GetOrCreateManyAsync(
            int[] ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>> create, TimeSpan expires);
        [CacheKey("p:@@id@@")] ValueTask<string?> GetAsync(int id);
        [CacheKey("p:@@id@@")] ValueTask SetAsync(int id, string value);
        [CacheKey("p:@@id@@")] ValueTask DeleteAsync(int id);
        [CacheKey("p:@@id@@", Stale = "1m")] ValueTask InvalidateAsync(int id);
        [CacheKey("p:@@key@@", Stale = "1m")] CacheEntrySet<int, string> Entries();
        """.Replace("@@id@@", "{id}", StringComparison.Ordinal).Replace("@@ids@@", "{ids}", StringComparison.Ordinal).Replace("@@key@@", "{key}", StringComparison.Ordinal)));

    [Fact]
    public void TC0113_many_invalidated() => ReportsOnly(
        "TC0113",
        "'ids' is a collection, but Invalidate works on one key: pass one value, or name one of its properties",
        Client("[CacheKey(\"p:{ids}\", Stale = \"1m\")] ValueTask<int> InvalidateAsync(int[] ⟦ids⟧);"));

    [Theory]
    [InlineData("ValueTask", "ValueTask or Task of the value")]
    [InlineData("ValueTask<CacheValue<string>>", "ValueTask or Task of the value")]
    [InlineData("ValueTask<CacheItem<string>>", "ValueTask or Task of the value")]
    public void TC0201_result_of_a_creation(string type, string expected) => ReportsOnly(
        "TC0201",
        $"'GetOrCreateAsync' cannot return '{type}': GetOrCreate returns {expected}",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] ⟦{type}⟧ GetOrCreateAsync(int id, {Create});"));

    [Fact]
    public void TC0205_stale_for_too_long() => ReportsOnly(
        "TC0205",
        "'31d' is not a valid duration, because Stale can be at most 30 days: write it like 90s, 10m, 1h30m or 7d",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", Stale = ⟦\"31d\"⟧)] {GetOrCreate}"));

    [Theory]
    [InlineData("Stale", "5x", "'x' is not a unit")]
    [InlineData("FailSafe", "", "it is empty")]
    [InlineData("LeaseTime", "0s", "it must be more than zero; a lease must be held for some time")]
    [InlineData("LeaseWait", "5", "'5' has no unit")]
    public void TC0205_other_durations(string name, string duration, string reason)
    {
        var message = $"'{duration}' is not a valid duration, because {reason}: write it like 90s, 10m, 1h30m or 7d";
        ReportsOnly("TC0205", message, Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", {name} = ⟦\"{duration}\"⟧)] {GetOrCreate}"));
        ReportsOnly("TC0205", message, Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] {GetOrCreate}", $"CacheClient(\"shop\", {name} = ⟦\"{duration}\"⟧)"));
    }

    [Fact]
    public void TC0205_not_for_none() => Passes(Client(
        $"[CacheKey(\"p:{{id}}\", Expires = \"1m\", Stale = \"0s\", FailSafe = \"0s\", LeaseWait = \"0s\")] {GetOrCreate}", "CacheClient(\"shop\", Stale = \"30d\")"));

    [Fact]
    public void TC0210_two_create_functions() => ReportsOnly(
        "TC0210",
        "'GetOrCreateAsync' has more than one create function: remove 'other'",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] ValueTask<string> GetOrCreateAsync(int id, {Create}, Action ⟦other⟧);"));

    [Fact]
    public void TC0210_not_for_one() => Passes(Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] {GetOrCreate}"));

    [Theory]
    [InlineData("Func<Task<string>>")]
    [InlineData("Func<ValueTask<string>>")]
    [InlineData("Func<CancellationToken, Task<string>>")]
    [InlineData("Func<CancellationToken, string>")]
    [InlineData("Func<CancellationToken, ValueTask>")]
    [InlineData("Func<long, CancellationToken, ValueTask<string>>")]
    [InlineData("Func<CancellationToken, int, ValueTask<string>>")]
    [InlineData("Func<int, int, CancellationToken, ValueTask<string>>")]
    [InlineData("Action<CancellationToken>")]
    [InlineData("Converter<CancellationToken, ValueTask<string>>")]
    public void TC0211_create_function_of_another_shape(string type) => ReportsOnly(
        "TC0211",
        $"'create' of type '{type}' cannot create the value of 'GetOrCreateAsync': make it a 'Func<CancellationToken, ValueTask<string>>' or 'Func<int, CancellationToken, ValueTask<string>>'",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] ValueTask<string> GetOrCreateAsync(int id, ⟦{type}⟧ create);"));

    [Fact]
    public void TC0211_without_arguments() => ReportsOnly(
        "TC0211",
        "'create' of type 'Func<int, CancellationToken, ValueTask<int?>>' cannot create the value of 'GetOrCreateTopAsync': make it a 'Func<CancellationToken, ValueTask<int?>>'",
        Client("[CacheKey(\"top\", Expires = \"1m\")] ValueTask<int?> GetOrCreateTopAsync(⟦Func<int, CancellationToken, ValueTask<int?>>⟧ create);"));

    [Theory]
    [InlineData("Func<CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>>")]
    [InlineData("Func<int[], CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>>")]
    [InlineData("Func<IReadOnlyList<int>, CancellationToken, ValueTask<Dictionary<int, string>>>")]
    [InlineData("Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<long, string>>>")]
    [InlineData("Func<IReadOnlyList<int>, CancellationToken, ValueTask<CacheItem<string>>>")]
    public void TC0211_of_a_batch(string type) => ReportsOnly(
        "TC0211",
        $"'create' of type '{type}' cannot create the value of 'GetOrCreateManyAsync': make it a 'Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>>'",
        Client($"[CacheKey(\"p:{{ids}}\", Expires = \"1m\")] ValueTask<Dictionary<int, string>> GetOrCreateManyAsync(List<int> ids, ⟦{type}⟧ create);"));

    [Theory]
    [InlineData("p:{id}", "int id, string name", "Func<int, CancellationToken, ValueTask<string>>")]
    [InlineData("p:{name}:{id}", "int id, string name", "Func<int, string, CancellationToken, ValueTask<string>>")]
    [InlineData("p:{name.Length}:{id}:{name}", "int id, string name", "Func<int, string, CancellationToken, ValueTask<string>>")]
    [InlineData("p:{id}", "int? id", "Func<int?, CancellationToken, ValueTask<CacheItem<string>>>")]
    public void TC0211_not_for_the_keys_parameters_in_order(string template, string parameters, string type)
    {
        var run = GeneratorRun.Of(Client($"[CacheKey(\"{template}\", Expires = \"1m\")] ValueTask<string> GetOrCreateAsync({parameters}, {type} create);"));

        Assert.DoesNotContain(run.Diagnostics, static diagnostic => diagnostic.Id == "TC0211");
        run.AssertNoCompilerErrors();
    }

    [Theory]
    [InlineData("int", "long")]
    [InlineData("int", "int?")]
    [InlineData("string", "string?")]
    [InlineData("Order", "string")]
    [InlineData("Order[]", "List<Order>")]
    public void TC0212_another_type_is_created(string result, string created) => ReportsOnly(
        "TC0212",
        $"'create' creates '{created}', but 'GetOrCreateAsync' returns '{result}': use the same type for both",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] ValueTask<{result}> GetOrCreateAsync(int id, ⟦Func<int, CancellationToken, ValueTask<{created}>>⟧ create);"));

    [Fact]
    public void TC0212_items_of_another_type() => ReportsOnly(
        "TC0212",
        "'create' creates 'long', but 'GetOrCreateAsync' returns 'int': use the same type for both",
        Client("[CacheKey(\"p:{id}\", Expires = \"1m\")] ValueTask<int> GetOrCreateAsync(int id, ⟦Func<CancellationToken, ValueTask<CacheItem<long>>>⟧ create);"));

    [Fact]
    public void TC0212_values_of_a_batch() => ReportsOnly(
        "TC0212",
        "'create' creates 'string', but 'GetOrCreateManyAsync' returns 'Order': use the same type for both",
        Client("[CacheKey(\"p:{ids}\", Expires = \"1m\")] ValueTask<Dictionary<int, Order>> GetOrCreateManyAsync(int[] ids, ⟦Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>>⟧ create);"));

    [Theory]
    [InlineData("string?", "string?")]
    [InlineData("string?", "string")]
    [InlineData("int?", "int?")]
    public void TC0212_not_for_a_result_which_takes_all_that_is_created(string result, string created) => Passes(
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] ValueTask<{result}> GetOrCreateAsync(int id, Func<int, CancellationToken, ValueTask<{created}>> create);"));

    [Fact]
    public void TC0213_invalidate_without_stale() => ReportsOnly(
        "TC0213",
        "'InvalidateAsync' marks a value as stale, but Stale is not set: add Stale to [CacheKey] or [CacheClient]",
        Client("[CacheKey(\"p:{id}\")] ValueTask<bool> ⟦InvalidateAsync⟧(int id);"));

    [Fact]
    public void TC0213_fail_safe_without_stale() => ReportsOnly(
        "TC0213",
        "FailSafe of 'GetOrCreateAsync' returns a stale value when create fails, but Stale is not set: add Stale to [CacheKey] or [CacheClient]",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", FailSafe = ⟦\"30s\"⟧)] {GetOrCreate}"));

    [Fact]
    public void TC0213_fail_safe_of_an_entry() => ReportsOnly(
        "TC0213",
        "FailSafe of 'Basket' returns a stale value when create fails, but Stale is not set: add Stale to [CacheKey] or [CacheClient]",
        Client("[CacheKey(\"p:{id}\", FailSafe = ⟦\"30s\"⟧)] CacheEntry<string> Basket(int id);"));

    [Theory]
    [InlineData($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] {GetOrCreate}")]
    [InlineData($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", Stale = \"0s\")] {GetOrCreate} [CacheKey(\"q:{{id}}\", Expires = \"1m\", Stale = \"1m\")] ValueTask SetAsync(int id, string value);")]
    [InlineData("[CacheKey(\"p:{id}\")] CacheEntry<string> Basket(int id);")]
    public void TC0213_fail_safe_of_an_interface_without_any_stale(string methods) => ReportsOnly(
        "TC0213",
        "FailSafe of 'IShopCache' returns a stale value when create fails, but Stale is not set: add Stale to [CacheKey] or [CacheClient]",
        Client(methods, "CacheClient(\"shop\", FailSafe = ⟦\"30s\"⟧)"));

    [Theory]
    [InlineData($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", Stale = \"1m\")] {GetOrCreate} [CacheKey(\"q:{{id}}\")] CacheEntry<string> Basket(int id);")]
    [InlineData($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] {GetOrCreate} [CacheKey(\"q:{{id}}\", Stale = \"1m\")] CacheEntry<string> Basket(int id);")]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id); [CacheKey(\"q:{id}\")] CacheCounter Views(int id);")]
    public void TC0213_not_where_one_member_uses_it_or_nothing_is_created(string methods) =>
        Passes(Client(methods, "CacheClient(\"shop\", FailSafe = \"30s\")"));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask<bool> InvalidateAsync(int id);")]
    [InlineData($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", FailSafe = \"30s\")] {GetOrCreate}")]
    [InlineData("[CacheKey(\"p:{id}\", FailSafe = \"30s\")] CacheEntry<string> Basket(int id);")]
    public void TC0213_not_where_the_interface_sets_it(string method) => Passes(Client(method, "CacheClient(\"shop\", Stale = \"5m\")"));

    [Theory]
    [InlineData("Stale = ⟦\"1m\"⟧", "ValueTask<string?> GetAsync(int id)", "Stale", "GetAsync", "Get")]
    [InlineData("Stale = ⟦\"1m\"⟧", "ValueTask AppendAsync(int id, string value)", "Stale", "AppendAsync", "Append")]
    [InlineData("Expires = \"1m\", Stale = ⟦\"1m\"⟧", "ValueTask<ulong> IncrementAsync(int id)", "Stale", "IncrementAsync", "Increment")]
    [InlineData("Expires = \"1m\", FailSafe = ⟦\"1m\"⟧", "ValueTask SetAsync(int id, string value)", "FailSafe", "SetAsync", "Set")]
    [InlineData("Stale = \"1m\", FailSafe = ⟦\"1m\"⟧", "ValueTask InvalidateAsync(int id)", "FailSafe", "InvalidateAsync", "Invalidate")]
    [InlineData("LeaseTime = ⟦\"1m\"⟧", "ValueTask DeleteAsync(int id)", "LeaseTime", "DeleteAsync", "Delete")]
    [InlineData("LeaseWait = ⟦\"1m\"⟧", "ValueTask<bool> ExistsAsync(int id)", "LeaseWait", "ExistsAsync", "Exists")]
    [InlineData("Audit = ⟦0.001⟧", "ValueTask<string?> GetAsync(int id)", "Audit", "GetAsync", "Get")]
    [InlineData("Jitter = ⟦\"10%\"⟧", "ValueTask<ulong?> IncrementAsync(int id)", "Jitter", "IncrementAsync", "Increment")]
    [InlineData("CacheNull = ⟦true⟧", "ValueTask SetAsync(int id, string? value)", "CacheNull", "SetAsync", "Set")]
    [InlineData("Stale = ⟦\"1m\"⟧", "CacheCounter Views(int id)", "Stale", "Views", "a CacheCounter")]
    public void TC0214_option_of_another_operation(string option, string method, string name, string owner, string user) => ReportsOnly(
        "TC0214",
        $"{name} of '{owner}' has no effect, because {user} does not use it: remove it",
        Client($"[CacheKey(\"p:{{id}}\", {option})] {method};"));

    [Theory]
    [InlineData("ValueTask<int> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<int>> create)", "GetOrCreateAsync", "int")]
    [InlineData("ValueTask<Order> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<Order>> create)", "GetOrCreateAsync", "Order")]
    [InlineData("CacheEntry<Order> Basket(int id)", "Basket", "Order")]
    public void TC0214_null_which_cannot_be(string method, string owner, string type) => ReportsOnly(
        "TC0214",
        $"CacheNull of '{owner}' has no effect, because '{type}' is never null: make it '{type}?', or remove CacheNull",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", CacheNull = ⟦true⟧)] {method};"));

    [Theory]
    [InlineData("Jitter", "10%", "ValueTask SetAsync(int id, string value)", "SetAsync")]
    [InlineData("Jitter", "10%", "ValueTask<ulong> IncrementAsync(int id)", "IncrementAsync")]
    [InlineData("Stale", "1m", "ValueTask SetAsync(int id, string value)", "SetAsync")]
    [InlineData("Stale", "1m", "ValueTask<bool> AddAsync(int id, string value)", "AddAsync")]
    public void TC0214_option_of_what_does_not_expire(string name, string value, string method, string owner) => ReportsOnly(
        "TC0214",
        $"{name} of '{owner}' has no effect, because the value does not expire: add Expires, or remove {name}",
        Client($"[CacheKey(\"p:{{id}}\", {name} = ⟦\"{value}\"⟧)] {method};"));

    [Theory]
    [InlineData("ValueTask SetAsync(int id, string value)")]
    [InlineData("ValueTask SetAsync(Dictionary<int, string> id)")]
    [InlineData("ValueTask<bool> AddAsync(int id, string value)")]
    [InlineData("ValueTask<bool> ReplaceAsync(int id, string value)")]
    [InlineData("ValueTask<bool> CompareAndSetAsync(int id, string value, ulong cas)")]
    [InlineData("ValueTask<bool> TouchAsync(int id)")]
    [InlineData("ValueTask<string?> GetAndTouchAsync(int id)")]
    public void TC0214_not_for_stale_of_what_gives_an_expiry(string method)
    {
        const string Lifetime = "FromSeconds(600).Extend(global::System.TimeSpan.FromSeconds(60))";
        foreach (var source in new[]
        {
            Client($"[CacheKey(\"p:{{id}}\", Expires = \"10m\", Stale = \"1m\")] {method};"),
            Client($"[CacheKey(\"p:{{id}}\")] {method};", "CacheClient(\"shop\", Expires = \"10m\", Stale = \"1m\")"),
        })
        {
            Passes(source);
            Assert.Contains(Lifetime, GeneratorRun.Of(source).SingleSource(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id);")]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask SetAsync(int id, string value);")]
    [InlineData("[CacheKey(\"p:{id}\", Jitter = \"10%\")] ValueTask SetAsync(int id, string value, TimeSpan expires);")]
    [InlineData("[CacheKey(\"p:{id}\")] CacheCounter Views(int id);")]
    [InlineData("[CacheKey(\"p:{id}\")] CacheEntry<int> Count(int id);")]
    public void TC0214_not_for_defaults_of_the_interface(string method) => Passes(Client(
        method, "CacheClient(\"shop\", Stale = \"1m\", FailSafe = \"1m\", LeaseTime = \"1m\", LeaseWait = \"1m\", Jitter = \"10%\", Audit = 0.001, CacheNull = true)"));

    [Theory]
    [InlineData("1.5", "1.5", "no more hits than all can be audited")]
    [InlineData("2", "2", "no more hits than all can be audited")]
    [InlineData("-0.1", "-0.1", "it is no share of the hits")]
    [InlineData("double.NaN", "NaN", "it is no share of the hits")]
    public void TC0215_audit_out_of_range(string audit, string shown, string reason)
    {
        var message = $"'{shown}' is not a valid Audit, because {reason}: write it like 0.001";
        ReportsOnly("TC0215", message, Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", Audit = ⟦{audit}⟧)] {GetOrCreate}"));
        Reports("TC0215", message, Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] {GetOrCreate}", $"CacheClient(\"shop\", Audit = ⟦{audit}⟧)"));
    }

    [Theory]
    [InlineData("Audit = 0.001", "", "Audit = 0.001,")]
    [InlineData("Audit = 1e-5", "", "Audit = 1E-05,")]
    [InlineData("Audit = 1", "", "Audit = 1,")]
    [InlineData("Audit = 0.001", ", Audit = 0.5", "Audit = 0.5,")]
    [InlineData("Audit = 0.001", ", Audit = 0", null)]
    [InlineData("Expires = \"1h\"", "", null)]
    public void TC0215_not_for_shares(string onClient, string onMethod, string? option)
    {
        var source = GeneratorRun.Of(Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\"{onMethod})] {GetOrCreate}", $"CacheClient(\"shop\", {onClient})")).SingleSource();

        Assert.Contains(option ?? "CacheClient", source, StringComparison.Ordinal);
        Assert.Equal(option is not null, source.Contains("Audit", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10", "it does not end with %")]
    [InlineData("", "it does not end with %")]
    [InlineData("%", "it has no number")]
    [InlineData("ten%", "'ten' is not a number")]
    [InlineData("-5%", "'-5' is not a number")]
    [InlineData("1,5%", "'1,5' is not a number")]
    [InlineData("101%", "a value cannot expire before it is stored")]
    [InlineData("0.00000001%", "it has too many digits")]
    public void TC0215_malformed_jitter(string jitter, string reason) => ReportsOnly(
        "TC0215",
        $"'{jitter}' is not a valid jitter, because {reason}: write it like 10%",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", Jitter = ⟦\"{jitter}\"⟧)] ValueTask SetAsync(int id, string value);"));

    [Theory]
    [InlineData("10%", "0.1")]
    [InlineData("2.5%", "0.025")]
    [InlineData("7%", "0.07")]
    [InlineData("100%", "1")]
    public void TC0215_not_for_percentages(string jitter, string part)
    {
        var source = GeneratorRun.Of(Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", Jitter = \"{jitter}\")] ValueTask SetAsync(int id, string value);")).SingleSource();

        Assert.Contains($".WithJitter({part})", source, StringComparison.Ordinal);
    }

    [Fact]
    public void TC0216_nothing_expires() => Reports(
        "TC0216",
        "What 'GetOrCreateAsync' creates does not expire: add Expires to [CacheKey] or [CacheClient], or a TimeSpan parameter",
        Client($"[CacheKey(\"p:{{id}}\")] ValueTask<string> ⟦GetOrCreateAsync⟧(int id, {Create});"));

    [Theory]
    [InlineData("", $"{Create}, TimeSpan? expires", "")]
    [InlineData(", Expires = \"1m\"", Create, "")]
    [InlineData("", Create, ", Expires = \"1m\"")]
    [InlineData("", "Func<CancellationToken, ValueTask<CacheItem<string>>> create", "")]
    public void TC0216_not_where_something_says_when(string onMethod, string parameters, string onClient) => Passes(
        "TC0216",
        Client($"[CacheKey(\"p:{{id}}\"{onMethod})] ValueTask<string> GetOrCreateAsync(int id, {parameters});", $"CacheClient(\"shop\"{onClient})"));

    [Fact]
    public void TC0217_invalidate_with_another_stale() => ReportsOnly(
        "TC0217",
        "Stale of IShopCache.InvalidateAsync is 1m, but that of IShopCache.GetOrCreateAsync, which has the same key, is 1h30m: set Stale = \"1h30m\" here too, or one value for both in [CacheClient]",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", Stale = \"1h30m\")] {GetOrCreate} [CacheKey(⟦\"p:{{id}}\"⟧, Stale = \"1m\")] ValueTask<bool> InvalidateAsync(int id);"));

    [Fact]
    public void TC0217_tells_the_one_which_has_none() => ReportsOnly(
        "TC0217",
        "Stale of IShopCache.GetOrCreateAsync is none, but that of IShopCache.InvalidateAsync, which has the same key, is 1m: set Stale = \"1m\" here too, or one value for both in [CacheClient]",
        Client($"[CacheKey(⟦\"p:{{id}}\"⟧, Expires = \"1m\")] {GetOrCreate} [CacheKey(\"p:{{id}}\", Stale = \"1m\")] ValueTask<bool> InvalidateAsync(int id);"));

    [Theory]
    [InlineData("Set", "⟦\"p:{id}\"⟧, Expires = \"1m\"", "ValueTask SetAsync(int id, string value);")]
    [InlineData("Set", "⟦\"p:{id}\"⟧", "ValueTask SetAsync(int id, string value, TimeSpan? expires);")]
    [InlineData("Set", "⟦\"p:{values}\"⟧, Expires = \"1m\"", "ValueTask SetAsync(Dictionary<int, string> values);")]
    [InlineData("Add", "⟦\"p:{id}\"⟧, Expires = \"1m\"", "ValueTask<bool> AddAsync(int id, string value);")]
    [InlineData("Replace", "⟦\"p:{id}\"⟧, Expires = \"1m\"", "ValueTask<bool> ReplaceAsync(int id, string value);")]
    [InlineData("CompareAndSet", "⟦\"p:{id}\"⟧, Expires = \"1m\"", "ValueTask<bool> CompareAndSetAsync(int id, string value, ulong cas);")]
    [InlineData("Touch", "⟦\"p:{id}\"⟧, Expires = \"1m\"", "ValueTask<bool> TouchAsync(int id);")]
    [InlineData("GetAndTouch", "⟦\"p:{id}\"⟧, Expires = \"1m\"", "ValueTask<string?> GetAndTouchAsync(int id);")]
    public void TC0217_what_gives_an_expiry_without_stale(string operation, string attribute, string method) => ReportsOnly(
        "TC0217",
        $"Stale of IShopCache.{operation}Async is none, but that of IShopCache.GetOrCreateAsync, which has the same key, is 5m: set Stale = \"5m\" here too, or one value for both in [CacheClient]",
        Client($"[CacheKey({attribute})] {method} [CacheKey(\"p:{{id}}\", Expires = \"1m\", Stale = \"5m\")] {GetOrCreate}"));

    [Fact]
    public void TC0217_entry_which_stores_without_stale() => ReportsOnly(
        "TC0217",
        "Stale of IShopCache.Entry is none, but that of IShopCache.SetAsync, which has the same key, is 5m: set Stale = \"5m\" here too, or one value for both in [CacheClient]",
        Client("[CacheKey(⟦\"p:{id}\"⟧, Expires = \"1m\")] CacheEntry<string> Entry(int id); [CacheKey(\"p:{id}\", Expires = \"1m\", Stale = \"5m\")] ValueTask SetAsync(int id, string value);"));

    [Fact]
    public void TC0217_across_interfaces_and_with_an_entry()
    {
        var run = GeneratorRun.Of(
            "using TypedCache; [CacheClient(\"shop\")] public partial interface IOne { [CacheKey(\"p:{id}\", Stale = \"1m\")] CacheEntry<string> Entry(int id); }",
            "using System.Threading.Tasks; using TypedCache; [CacheClient(\"shop\")] public partial interface ITwo { [CacheKey(\"p:{id}\", Stale = \"2m\")] ValueTask InvalidateAsync(int id); }");

        var diagnostic = Assert.Single(run.Problems);
        Assert.Equal("TC0217", diagnostic.Id);
        Assert.Contains("Stale of ITwo.InvalidateAsync is 2m, but that of IOne.Entry", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ValueTask<string?> GetAsync(int id)")]
    [InlineData("ValueTask<bool> DeleteAsync(int id)")]
    [InlineData("ValueTask SetAsync(int id, string value)")]
    [InlineData("CacheEntry<string> Entry(int id)")]
    public void TC0217_not_for_methods_which_give_no_expiry(string method) => Passes(Client(
        $"[CacheKey(\"p:{{id}}\", Expires = \"1m\", Stale = \"1m\")] {GetOrCreate} [CacheKey(\"p:{{id}}\")] {method};"));

    [Theory]
    [InlineData("ValueTask SetAsync(int id, string value);", "SetAsync")]
    [InlineData("ValueTask<bool> AddAsync(int id, byte[] value);", "AddAsync")]
    [InlineData("ValueTask<bool> ReplaceAsync(int id, string value);", "ReplaceAsync")]
    [InlineData("ValueTask<bool> CompareAndSetAsync(int id, string value, ulong cas);", "CompareAndSetAsync")]
    [InlineData("CacheEntry<string> Log(int id);", "Log")]
    public void TC0219_append_to_what_another_interface_stores(string member, string name)
    {
        var run = GeneratorRun.Of(
            $"using System.Threading.Tasks; using TypedCache; [CacheClient(\"shop\", Expires = \"1d\")] public partial interface IOne {{ [CacheKey(\"log:{{id}}\")] {member} }}",
            "using System.Threading.Tasks; using TypedCache; [CacheClient(\"shop\")] public partial interface ITwo { [CacheKey(\"log:{id}\")] ValueTask AppendAsync(int id, string value); }");

        var diagnostic = Assert.Single(run.Problems);
        Assert.Equal("TC0219", diagnostic.Id);
        Assert.Equal("Source1.cs", diagnostic.Location.SourceTree!.FilePath);
        Assert.Equal(
            $"ITwo.AppendAsync adds to the value that IOne.{name} stores, which is destroyed if it was compressed: declare both in one interface, which then stores it uncompressed",
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        run.AssertNoCompilerErrors();
    }

    [Theory]
    [InlineData("ValueTask<string?> GetAsync(int id);")]
    [InlineData("ValueTask<bool> DeleteAsync(int id);")]
    [InlineData("ValueTask SetAsync(int id, string value); [CacheKey(\"log:{id}\")] ValueTask<bool> PrependAsync(int id, string value);")]
    public void TC0219_not_where_the_other_interface_does_not_compress(string members) => Passes($$"""
        using System.Threading.Tasks; using TypedCache;
        [CacheClient("shop")] public partial interface IOne { [CacheKey("log:{id}")] {{members}} }
        [CacheClient("shop")] public partial interface ITwo { [CacheKey("log:{id}")] ValueTask AppendAsync(int id, string value); }
        """);

    [Theory]
    [InlineData("Append")]
    [InlineData("Prepend")]
    public void TC0220_append_to_what_is_created(string operation) => ReportsOnly(
        "TC0220",
        $"IShopCache.{operation}Async adds to the value that IShopCache.GetOrCreateAsync creates, and takes its place while it is being created: replace the whole value with CompareAndSet, or store it with Add and not with GetOrCreate",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] {GetOrCreate} [CacheKey(⟦\"p:{{id}}\"⟧)] ValueTask<bool> {operation}Async(int id, string value);"));

    [Fact]
    public void TC0220_across_interfaces()
    {
        var run = GeneratorRun.Of(
            "using System; using System.Threading; using System.Threading.Tasks; using TypedCache; [CacheClient(\"shop\")] public partial interface IOne { [CacheKey(\"p:{id}\", Expires = \"1m\")] ValueTask<string> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<string>> create); }",
            "using System.Threading.Tasks; using TypedCache; [CacheClient(\"shop\")] public partial interface ITwo { [CacheKey(\"p:{id}\")] ValueTask AppendAsync(int id, byte[] value); }");

        var diagnostic = Assert.Single(run.Problems);
        Assert.Equal("TC0220", diagnostic.Id);
        Assert.Equal("Source1.cs", diagnostic.Location.SourceTree!.FilePath);
    }

    [Fact]
    public void TC0220_not_for_other_keys_and_entries() => Passes(Client(
        $"[CacheKey(\"p:{{id}}\", Expires = \"1m\")] {GetOrCreate} [CacheKey(\"q:{{id}}\")] ValueTask<bool> AppendAsync(int id, string value); [CacheKey(\"q:{{id}}\")] CacheEntry<string> Entry(int id);"));

    [Fact]
    public void TC0217_not_where_the_interface_says_it_for_all() => Passes(Client(
        $"[CacheKey(\"p:{{id}}\")] {GetOrCreate} [CacheKey(\"p:{{id}}\")] ValueTask SetAsync(int id, string value); [CacheKey(\"p:{{id}}\")] CacheEntry<string> Entry(int id);",
        "CacheClient(\"shop\", Expires = \"10m\", Stale = \"5m\")"));

    [Theory]
    [InlineData("string?")]
    [InlineData("byte[]?")]
    [InlineData("int?")]
    [InlineData("ReadOnlyMemory<byte>?")]
    public void TC0218_null_of_what_is_stored_as_it_is(string type) => ReportsOnly(
        "TC0218",
        $"'{type}' is stored as plain text, bytes or a number, which cannot represent null: remove CacheNull from 'GetOrCreateAsync', or cache a type that contains it",
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", CacheNull = ⟦true⟧)] ValueTask<{type}> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<{type}>> create);"));

    [Theory]
    [InlineData("Order?")]
    [InlineData("Guid?")]
    [InlineData("string[]?")]
    public void TC0218_not_for_values_with_a_form_for_null(string type) => Passes(
        Client($"[CacheKey(\"p:{{id}}\", Expires = \"1m\", CacheNull = true)] ValueTask<{type}> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<{type}>> create);"));
}
