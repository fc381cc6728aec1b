using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

public sealed class MemberRuleTests : RuleTest
{
    private const string Usings = "using System; using System.Threading.Tasks; using TypedCache;\n";
    private const string Get = "[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id);";
    private const string Verbs =
        "Get, GetAndTouch, GetOrCreate, Set, Add, Replace, Append, Prepend, Delete, Remove, Invalidate, Touch, Exists, Increment, Decrement, "
        + "CompareAndSet, or for many keys also with Many, such as GetMany";

    [Fact]
    public void TC0001_interface_not_partial() => ReportsOnly(
        "TC0001",
        "Interface 'IShopCache' must be partial so that its client can be generated: write 'partial interface IShopCache'",
        $"{Usings}[CacheClient] public interface ⟦IShopCache⟧ {{ {Get} }}");

    [Fact]
    public void TC0001_not_for_a_partial_interface() => Passes($"{Usings}[CacheClient] public partial interface IShopCache {{ {Get} }}");

    [Theory]
    [InlineData("class")]
    [InlineData("struct")]
    [InlineData("record struct")]
    public void TC0002_container_not_partial(string keyword) => ReportsOnly(
        "TC0002",
        $"'Outer' contains the cache interface 'IShopCache' and must be partial so that its client can be generated: write 'partial {keyword} Outer'",
        $"{Usings}public {keyword} ⟦Outer⟧ {{ [CacheClient] public partial interface IShopCache {{ {Get} }} }}");

    [Theory]
    [InlineData("class")]
    [InlineData("record")]
    [InlineData("record struct")]
    [InlineData("interface")]
    public void TC0002_not_for_a_partial_container(string keyword) =>
        Passes($"{Usings}public partial {keyword} Outer {{ [CacheClient] public partial interface IShopCache {{ {Get} }} }}");

    [Fact]
    public void TC0003_private_interface() => ReportsOnly(
        "TC0003",
        "'IShopCache' is private or protected, so generated code cannot use it: make it internal or public",
        $"{Usings}public partial class Outer {{ [CacheClient] private partial interface ⟦IShopCache⟧ {{ {Get} }} }}");

    [Fact]
    public void TC0003_file_local_interface() => ReportsOnly(
        "TC0003",
        "'IShopCache' is local to its file, so generated code cannot use it: make it internal or public",
        $"{Usings}[CacheClient] file partial interface ⟦IShopCache⟧ {{ {Get} }}");

    [Fact]
    public void TC0003_private_value() => Reports(
        "TC0003",
        "'Row' is private or protected, so generated code cannot use it: make it internal or public",
        $$"""
        {{Usings}}public partial class Outer
        {
            private sealed record Row(int Id);
            [CacheClient] internal partial interface IShopCache { [CacheKey("p:{id}")] ⟦ValueTask<Row[]?>⟧ GetAsync(int id); }
        }
        """);

    [Fact]
    public void TC0003_not_for_internal_types() => Passes(
        $"{Usings}internal partial class Outer {{ internal enum Size {{ S, M }} [CacheClient] internal partial interface IShopCache {{ [CacheKey(\"p:{{size}}\")] ValueTask<string?> GetAsync(Size size); }} }}");

    [Theory]
    [InlineData("ValueTask<string?> ⟦FetchAsync⟧(int id)", "FetchAsync")]
    [InlineData("ValueTask<string?> ⟦GetawayAsync⟧(int id)", "GetawayAsync")]
    [InlineData("ValueTask<string?> ⟦GetOrAddAsync⟧(int id)", "GetOrAddAsync")]
    [InlineData("ValueTask<string?> ⟦GetOrCreatedAsync⟧(int id)", "GetOrCreatedAsync")]
    [InlineData("ValueTask<string?> ⟦GetOrDefaultAsync⟧(int id)", "GetOrDefaultAsync")]
    public void TC0004_name_without_a_verb(string method, string name) => ReportsOnly(
        "TC0004",
        $"'{name}' is not a cache operation: its name must start with {Verbs}, or set Operation in [CacheKey]",
        Client($"[CacheKey(\"p:{{id}}\")] {method};"));

    [Fact]
    public void TC0004_operation_which_does_not_exist() => ReportsOnly(
        "TC0004",
        "'GetAsync' is not a cache operation: set Operation to a member of CacheOperation",
        Client("[CacheKey(\"p:{id}\", Operation = (CacheOperation)99)] ValueTask<string?> ⟦GetAsync⟧(int id);"));

    [Theory]
    [InlineData("ValueTask<string?> ⟦GetAsync⟧(int id);", "GetAsync", "add [CacheKey(\"...\")], or give it a body")]
    [InlineData("int ⟦Count⟧ { get; }", "Count", "only methods can be; make it a method or give it a body")]
    [InlineData("event EventHandler ⟦Missed⟧;", "Missed", "only methods can be; make it a method or give it a body")]
    public void TC0004_member_without_operation(string member, string name, string fix) =>
        ReportsOnly("TC0004", $"'{name}' is not a cache operation: {fix}", Client(member));

    [Fact]
    public void TC0004_not_for_operation_or_body() => Passes(Client(
        "[CacheKey(\"p:{id}\", Operation = CacheOperation.Get)] ValueTask<string?> FetchAsync(int id); int Count => 0; static string Name() => \"a\";"));

    [Fact]
    public void TC0005_base_member_without_operation() => ReportsOnly(
        "TC0005",
        "'IShopCache' inherits 'IDisposable.Dispose', which cannot be implemented: add [CacheKey(\"...\")], or give it a body",
        $"{Usings}[CacheClient] public partial interface ⟦IShopCache⟧ : IDisposable {{ {Get} }}");

    [Fact]
    public void TC0005_not_where_the_interface_implements_it() =>
        Passes($"{Usings}[CacheClient] public partial interface IShopCache : IDisposable {{ {Get} void IDisposable.Dispose() {{ }} }}");

    [Fact]
    public void TC0006_generic_interface() => Reports(
        "TC0006",
        "'ICache' is generic, but its codecs must be known at compile time: write one for each type you cache",
        $"{Usings}[CacheClient] public partial interface ⟦ICache⟧<T> {{ [CacheKey(\"p:{{id}}\")] ValueTask<T?> GetAsync(int id); }}");

    [Fact]
    public void TC0006_generic_method() => ReportsOnly(
        "TC0006",
        "'GetAsync' is generic, but its codecs must be known at compile time: write one for each type you cache",
        Client("[CacheKey(\"p:{id}\")] ValueTask<T?> ⟦GetAsync⟧<T>(int id);"));

    [Fact]
    public void TC0006_not_for_closed_base_interfaces() => Passes(
        $"{Usings}public interface ICache<T> {{ [CacheKey(\"p:{{id}}\")] ValueTask<T?> GetAsync(int id); }} [CacheClient] public partial interface IShopCache : ICache<string> {{ }}");

    [Fact]
    public void TC0007_type_unknown() => Reports(
        "TC0007",
        "'Produkt' is not known while code is generated: correct its name, or write it by hand if another generator makes it",
        Client("[CacheKey(\"p:{id}\")] ⟦ValueTask<List<Produkt>?>⟧ GetAsync(int id);"));

    [Fact]
    public void TC0007_not_for_types_of_the_project() => Passes(Client("[CacheKey(\"p:{color}\")] ValueTask<string?> GetAsync(Color color);"));

    [Theory]
    [InlineData("⟦string⟧ Get(int id)", "Get", "string", "Get returns ValueTask or Task of the value ('T?') or of CacheValue<T>")]
    [InlineData("⟦ValueTask⟧ GetAsync(int id)", "GetAsync", "ValueTask", "Get returns ValueTask or Task of the value ('T?') or of CacheValue<T>")]
    [InlineData("⟦ValueTask<bool>⟧ SetAsync(int id, string value)", "SetAsync", "ValueTask<bool>", "Set returns ValueTask or Task without a result")]
    [InlineData("⟦ValueTask<int>⟧ DeleteAsync(int id)", "DeleteAsync", "ValueTask<int>", "Delete returns ValueTask or Task, alone or of bool")]
    [InlineData("⟦Task<int>⟧ IncrementAsync(int id)", "IncrementAsync", "Task<int>", "Increment returns ValueTask or Task of ulong? or long? (null: no such counter), or of ulong or long (a missing counter is created)")]
    [InlineData("⟦Task⟧ CompareAndSetAsync(int id, string value, ulong cas)", "CompareAndSetAsync", "Task", "CompareAndSet returns ValueTask or Task of CasResult or bool")]
    [InlineData("⟦ValueTask<string[]>⟧ GetAsync(int[] id)", "GetAsync", "ValueTask<string[]>", "Get with a collection returns ValueTask or Task of CacheValues, IReadOnlyDictionary, IDictionary or Dictionary from the key parameter's items to values or to CacheValue<T>")]
    [InlineData("⟦ValueTask<Dictionary<long, string>>⟧ GetAsync(int[] id)", "GetAsync", "ValueTask<Dictionary<long, string>>", "Get with a collection returns ValueTask or Task of CacheValues, IReadOnlyDictionary, IDictionary or Dictionary from the key parameter's items to values or to CacheValue<T>")]
    [InlineData("⟦ValueTask<bool>⟧ ExistsAsync(int[] id)", "ExistsAsync", "ValueTask<bool>", "Exists with a collection returns ValueTask or Task of IReadOnlySet, ISet or HashSet of the key parameter's items, of int (how many), or alone")]
    [InlineData("⟦ValueTask<HashSet<long>>⟧ AddAsync(Dictionary<int, string> id)", "AddAsync", "ValueTask<HashSet<long>>", "Add with a collection returns ValueTask or Task of IReadOnlySet, ISet or HashSet of the key parameter's items, of int (how many), or alone")]
    [InlineData("⟦ValueTask<Dictionary<int, bool>>⟧ CompareAndSetAsync(Dictionary<int, CacheValue<string>> id)", "CompareAndSetAsync", "ValueTask<Dictionary<int, bool>>", "CompareAndSet with a collection returns ValueTask or Task of IReadOnlyDictionary, IDictionary or Dictionary from the key parameter's items to CasResult")]
    [InlineData("⟦ValueTask<CacheValues<int, string>>⟧ GetOrCreateAsync(int[] id, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, string>>> create)", "GetOrCreateAsync", "ValueTask<CacheValues<int, string>>", "GetOrCreate with a collection returns ValueTask or Task of IReadOnlyDictionary, IDictionary or Dictionary from the key parameter's items to values")]
    [InlineData("⟦ValueTask<bool>⟧ DeleteAsync(int[] id)", "DeleteAsync", "ValueTask<bool>", "Delete with a collection returns ValueTask or Task, alone or of int (how many were there)")]
    public void TC0201_return_type_not_supported(string method, string name, string type, string choices) =>
        ReportsOnly("TC0201", $"'{name}' cannot return '{type}': {choices}", Client($"[CacheKey(\"p:{{id}}\")] {method};"));

    [Fact]
    public void TC0201_not_for_what_the_operation_returns() => Passes(Client("[CacheKey(\"p:{id}\")] Task<CacheValue<int>> GetAsync(int id);"));

    [Fact]
    public void TC0202_second_cancellation_token() => ReportsOnly(
        "TC0202",
        "'GetAsync' has more than one CancellationToken: remove 'other'",
        Client("[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id, CancellationToken ct, CancellationToken ⟦other⟧);"));

    [Fact]
    public void TC0202_not_for_one() => Passes(Client("[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id, CancellationToken ct);"));

    [Theory]
    [InlineData("ref int ⟦id⟧", "passed by reference", "pass it by value")]
    [InlineData("in int ⟦id⟧", "passed by reference", "pass it by value")]
    [InlineData("ReadOnlySpan<char> ⟦id⟧", "a ReadOnlySpan<char>", "pass an array or ReadOnlyMemory<T>")]
    public void TC0204_parameter_not_by_value(string parameter, string obstacle, string fix) => ReportsOnly(
        "TC0204",
        $"Parameter 'id' is {obstacle}, which an asynchronous operation cannot take: {fix}",
        Client($"[CacheKey(\"p:{{id}}\")] ValueTask<string?> GetAsync({parameter});"));

    [Fact]
    public void TC0204_not_for_values() => Passes(Client("[CacheKey(\"p:{id}\")] ValueTask SetAsync(int id, ReadOnlyMemory<byte> value);"));

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("10", "'10' has no unit")]
    [InlineData("ten", "'t' is not a digit")]
    [InlineData("10x", "'x' is not a unit")]
    [InlineData("10m1h", "'h' is in the wrong place: days, hours, minutes and seconds come in this order, each once")]
    [InlineData("0s", "it must be more than zero; leave out Expires for values that do not expire")]
    [InlineData("-5s", "'-' is not a digit")]
    [InlineData("3000000d", "it is longer than 8000 years")]
    public void TC0205_duration_not_valid(string duration, string reason) => ReportsOnly(
        "TC0205",
        $"'{duration}' is not a valid duration, because {reason}: write it like 90s, 10m, 1h30m or 7d",
        Client($"[CacheKey(\"p:{{id}}\", Expires = ⟦\"{duration}\"⟧)] ValueTask SetAsync(int id, string value);"));

    [Fact]
    public void TC0205_on_the_client() => ReportsOnly(
        "TC0205",
        "'soon' is not a valid duration, because 's' is not a digit: write it like 90s, 10m, 1h30m or 7d",
        Client(Get, "CacheClient(Expires = ⟦\"soon\"⟧)"));

    [Theory]
    [InlineData("90s")]
    [InlineData("1h30m")]
    [InlineData("365d23h59m59s")]
    public void TC0205_not_for_durations(string duration) =>
        Passes(Client($"[CacheKey(\"p:{{id}}\", Expires = \"{duration}\")] ValueTask SetAsync(int id, string value);"));

    [Fact]
    public void TC0206_touch_without_expiry() => ReportsOnly(
        "TC0206",
        "'TouchAsync' gives a value a new expiry, but none is set: add Expires to [CacheKey] or [CacheClient], or a TimeSpan parameter",
        Client("[CacheKey(\"p:{id}\")] ValueTask<bool> ⟦TouchAsync⟧(int id);"));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\", Expires = \"1m\")] ValueTask<bool> TouchAsync(int id);")]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask<string?> GetAndTouchAsync(int id, TimeSpan expires);")]
    public void TC0206_not_with_an_expiry(string method) => Passes(Client(method));

    [Theory]
    [InlineData("⟦ValueTask<string>⟧", "null", "string")]
    [InlineData("⟦Task<int>⟧", "default(int)", "int")]
    public void TC0207_miss_looks_like_a_value(string type, string miss, string value) => ReportsOnly(
        "TC0207",
        $"A miss of 'GetAsync' returns {miss}, which looks like a value: return '{value}?' or 'CacheValue<{value}>'",
        Client($"[CacheKey(\"p:{{id}}\")] {type} GetAsync(int id);"));

    [Theory]
    [InlineData("ValueTask<string?>")]
    [InlineData("Task<int?>")]
    [InlineData("Task<CacheValue<int>>")]
    public void TC0207_not_where_it_can_be_told(string type) => Passes(Client($"[CacheKey(\"p:{{id}}\")] {type} GetAsync(int id);"));

    [Fact]
    public void TC0208_key_on_a_method_with_a_body() => ReportsOnly(
        "TC0208",
        "[CacheKey] of 'GetAsync' is never used, because the method has a body: remove one of them",
        Client("[⟦CacheKey(\"p:{id}\")⟧] ValueTask<string?> GetAsync(int id) => default;"));

    [Fact]
    public void TC0208_negative_version() => ReportsOnly(
        "TC0208",
        "Version of 'IShopCache' is negative: write 0 for none, or 1 or more",
        Client(Get, "CacheClient(\"shop\", Version = ⟦-1⟧)"));

    [Theory]
    [InlineData("⟦KeyPart(MaxLength = 0)⟧", "string id", "does not set MaxLength to 1 or more: write the greatest number of characters the text can have")]
    [InlineData("⟦KeyPart⟧", "string id", "does not set MaxLength to 1 or more: write the greatest number of characters the text can have")]
    [InlineData("⟦KeyPart(MaxLength = 5)⟧", "int id", "has no effect, because MaxLength limits only strings: remove it")]
    [InlineData("⟦KeyPart(MaxLength = 5)⟧", "Color id", "has no effect, because MaxLength limits only strings: remove it")]
    public void TC0208_limit_which_limits_nothing(string attribute, string parameter, string mistake) => ReportsOnly(
        "TC0208",
        $"[KeyPart] of 'id' {mistake}",
        Client($"[CacheKey(\"p:{{id}}\")] ValueTask<string?> GetAsync([{attribute}] {parameter});"));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask SetAsync(int id, [⟦KeyPart(MaxLength = 5)⟧] string value);")]
    [InlineData("[CacheKey(\"p:{value.Note}\")] ValueTask<bool> DeleteAsync([⟦KeyPart(MaxLength = 5)⟧] Order value);")]
    public void TC0208_limit_of_a_parameter_which_is_not_in_the_key(string member) => ReportsOnly(
        "TC0208",
        "[KeyPart] of 'value' has no effect, because the parameter itself is not in the key: remove it, or put it on the property that is",
        Client(member));

    [Fact]
    public void TC0208_key_policy_which_does_not_exist() => ReportsOnly(
        "TC0208",
        "KeyPolicy of 'IShopCache' does not exist: set it to a member of KeyPolicy",
        Client(Get, "CacheClient(KeyPolicy = ⟦(TypedCache.Keys.KeyPolicy)7⟧)"));

    [Fact]
    public void TC0208_not_for_a_limit_of_texts() =>
        Passes(Client("[CacheKey(\"p:{ids}\")] ValueTask<int> DeleteAsync([KeyPart(MaxLength = 5)] IEnumerable<string> ids);"));

    [Fact]
    public void TC0203_cancellation_token_missing() => ReportsOnly(
        "TC0203",
        "'GetAsync' cannot be cancelled: add a parameter 'CancellationToken cancellationToken = default'",
        Client("[CacheKey(\"p:{id}\")] ValueTask<string?> ⟦GetAsync⟧(int id);"));

    [Fact]
    public void TC0203_not_for_a_method_with_one() =>
        Passes("TC0203", Client("[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id, CancellationToken ct);"));

    [Theory]
    [InlineData("[Key(0)] public int A; [Key(0)] public int B;", "'Shop.Row.B' has the same key as 'Shop.Row.A': 0")]
    [InlineData("[Key(\"x\")] public int A; [Key(\"x\")] public int B;", "'Shop.Row.B' has the same key as 'Shop.Row.A': x")]
    public void TC0302_members_share_a_key(string members, string reason) => ReportsOnly(
        "TC0302",
        $"'Row' cannot be stored, because {reason}; give each member its own key",
        Client("[CacheKey(\"p:{id}\")] ⟦ValueTask<Row?>⟧ GetAsync(int id);") + $"[MessagePack.MessagePackObject] public sealed class Row {{ {members.Replace("[Key", "[MessagePack.Key", StringComparison.Ordinal)} }}");

    [Fact]
    public void TC0302_in_a_value_inside_another_one() => ReportsOnly(
        "TC0302",
        "'Outer' cannot be stored, because 'Shop.Outer.Rows': 'Shop.Row.B' has the same key as 'Shop.Row.A': 0; give each member its own key",
        Client("[CacheKey(\"p:{id}\")] ValueTask SetAsync(int id, Outer ⟦value⟧);")
            + "public sealed class Outer { public Row[]? Rows { get; set; } } [MessagePack.MessagePackObject] public sealed class Row { [MessagePack.Key(0)] public int A; [MessagePack.Key(0)] public int B; }");

    [Fact]
    public void TC0302_not_for_keys_of_their_own() => Passes(
        Client("[CacheKey(\"p:{id}\")] ValueTask<Row?> GetAsync(int id);") + "[MessagePack.MessagePackObject] public sealed class Row { [MessagePack.Key(0)] public int A; [MessagePack.Key(1)] public int B; }");

    [Theory]
    [InlineData("public Row(string code) { } public int Id { get; set; }", "'Shop.Row' has no constructor whose parameters match its stored members: no stored member has the name of parameter 'code'")]
    [InlineData("private Row() { } public int Id { get; set; }", "'Shop.Row' has no public constructor")]
    public void TC0303_no_constructor(string members, string reason) => ReportsOnly(
        "TC0303",
        $"'Row' cannot be read, because {reason}; add a public constructor that takes stored members or no parameters",
        Client("[CacheKey(\"p:{id}\")] ⟦ValueTask<Row?>⟧ GetAsync(int id);") + $"public sealed class Row {{ {members} }}");

    [Fact]
    public void TC0303_not_for_parameters_with_the_names_of_members() => Passes(
        Client("[CacheKey(\"p:{id}\")] ValueTask<Row?> GetAsync(int id);") + "public sealed class Row(int id) { public int Id { get; } = id; }");

    [Fact]
    public void TC0208_not_for_a_version() => Passes(Client(Get, "CacheClient(\"shop\", Version = 1)"));

    [Theory]
    [InlineData("ValueTask ⟦SetAsync⟧(int id)", "SetAsync", "a value to store", "add a parameter for it")]
    [InlineData("ValueTask<bool> ⟦CompareAndSetAsync⟧(int id, string value)", "CompareAndSetAsync", "the CAS number", "add a parameter 'CasToken cas', or the CacheValue<T> that was read")]
    public void TC0209_parameter_missing(string method, string name, string missing, string fix) =>
        ReportsOnly("TC0209", $"'{name}' lacks {missing}: {fix}", Client($"[CacheKey(\"p:{{id}}\")] {method};"));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask SetAsync(int id, TimeSpan value);", null)]
    [InlineData("[CacheKey(\"p:{value.Length}\")] ValueTask SetAsync(string value);", null)]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask<bool> CompareAndSetAsync(int id, ulong value, ulong cas);", null)]
    public void TC0209_not_where_a_parameter_can_be_the_value(string method, string? otherRule)
    {
        var diagnostics = Testing.GeneratorRun.Of(Client(method)).Diagnostics;

        Assert.Equal(otherRule is null ? [] : [otherRule], diagnostics.Select(static diagnostic => diagnostic.Id));
    }

    [Fact]
    public void TC0301_appending_what_is_neither_text_nor_bytes() => ReportsOnly(
        "TC0301",
        "'int' cannot be stored, because Append adds text or bytes: use string, byte[] or ReadOnlyMemory<byte>",
        Client("[CacheKey(\"p:{id}\")] ValueTask AppendAsync(int id, int ⟦value⟧);"));

    [Fact]
    public void TC0301_not_for_text() => Passes(Client("[CacheKey(\"p:{id}\")] ValueTask AppendAsync(int id, string value);"));
}
