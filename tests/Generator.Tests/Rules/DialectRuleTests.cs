using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

/// <summary>What is said of clients whose values other clients share.</summary>
public sealed class DialectRuleTests : RuleTest
{
    private static readonly string[] Types =
    [
        "string", "byte[]", "ReadOnlyMemory<byte>", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "bool",
        "DateTime", "Order", "List<int>", "Dictionary<string, Order>", "Guid", "decimal", "char", "Color", "TimeSpan", "DateTimeOffset",
    ];

    /// <summary>Which of the types can be shared under each dialect, in their order.</summary>
    public static TheoryData<CacheDialect, string> Table => new()
    {
        { CacheDialect.Pecl, "yyyyyyyyyyyyyy----------" },
        { CacheDialect.PeclSharedWithPhp, "yyyyyyyyyyyyyyyyyyyyyyyy" },
        { CacheDialect.PhpMemcached, "yyyyyyyyyyyyyyyyyyyyyyyy" },
        { CacheDialect.Enyim, "yyyyyyyyyyyyyyy---------" },
        { CacheDialect.EnyimMessagePack, "yyyyyyyyyyyyyyyyyy----y-" },
        { CacheDialect.Pymemcache, "yyyyyyyyyyyyyy----------" },
        { CacheDialect.PythonMemcached, "yyyyyyyyyyyyyy----------" },
        { CacheDialect.Dalli, "yyyyyyyyyyyyyy----------" },
        { CacheDialect.Spymemcached, "yyyyyyyyyy-yyyy---------" },
        { CacheDialect.NodeMemcached, "yyyyyyyyyyyyyyy---------" },
        { CacheDialect.Plain, "yyyyyyyyyyyyy-----------" },
    };

    [Fact]
    public void The_table_has_all_dialects() => Assert.Equal(Enum.GetValues<CacheDialect>().Where(static dialect => dialect != CacheDialect.Any), Table.Select(static row => row.Data.Item1));

    [Theory]
    [MemberData(nameof(Table))]
    public void TC0307_for_each_type_of_the_table(CacheDialect dialect, string row)
    {
        foreach (var mark in new[] { "?", "" })
        {
            var refused = GeneratorRun.Of(Of(dialect, Members(Types, mark))).Diagnostics.Where(static found => found.Id == "TC0307").Select(static found => found.GetMessage(null).Split('\'')[1]);
            Assert.Equal(Types.Where((_, index) => row[index] == '-').Select(type => IsValueType(type) ? type + mark : type), refused);
        }

        var shared = GeneratorRun.Of(Of(dialect, Members([.. Types.Where((_, index) => row[index] == 'y')], "?")));
        shared.AssertCompiles();
        Assert.Contains($"pool.RequireDialect(global::TypedCache.CacheDialect.{dialect}, \"IShopCache\");", shared.SingleSource(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void TC0307_not_for_a_codec_of_ones_own(CacheDialect dialect, string row)
    {
        Assert.Contains('y', row);
        Passes(Of(dialect, "[CacheKey(\"o:{id}\"), CacheCodec(typeof(OrderCodec))] ValueTask<Order?> GetAsync(int id);")
            + "public sealed class OrderCodec : TypedCache.Values.ICacheCodec<Order> { public void Write(ref TypedCache.Values.ValueWriter writer, Order value) => writer.WriteText(value.Note); public Order Read(in TypedCache.Values.StoredValue stored) => new() { Note = stored.ReadText() }; }");
    }

    [Fact]
    public void TC0307_not_without_a_dialect() => Passes(Of(CacheDialect.Any, Members(Types, "?")));

    [Theory]
    [InlineData("⟦ValueTask<Order?>⟧ GetAsync(int id);")]
    [InlineData("ValueTask SetAsync(int id, Order ⟦value⟧);")]
    [InlineData("⟦CacheEntry<Order>⟧ Entry(int id);")]
    [InlineData("⟦ValueTask<CacheValue<Order>>⟧ GetAsync(int id);")]
    [InlineData("⟦ValueTask<Order>⟧ GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<Order>> create);", ", Expires = \"1m\"")]
    public void TC0307_members_with_a_key(string member, string options = "") => ReportsOnly("TC0307", OrderMessage, Of(CacheDialect.Pymemcache, $"[CacheKey(\"o:{{id}}\"{options})] {member}"));

    [Theory]
    [InlineData("[CacheKey(\"o:{ids}\")] ⟦ValueTask<IReadOnlyDictionary<int, Order>>⟧ GetAsync(IReadOnlyCollection<int> ids);")]
    [InlineData("[CacheKey(\"o:{orders}\")] ValueTask SetAsync(IReadOnlyDictionary<int, Order> ⟦orders⟧);")]
    [InlineData("[CacheKey(\"o:{key}\")] ⟦CacheEntrySet<int, Order>⟧ Orders();")]
    public void TC0307_many_keys(string member) => ReportsOnly("TC0307", OrderMessage, Of(CacheDialect.Pymemcache, member));

    [Fact]
    public void TC0307_once_for_each_type() => ReportsOnly("TC0307", OrderMessage, Of(
        CacheDialect.Pymemcache, "[CacheKey(\"o:{id}\")] ⟦ValueTask<Order?>⟧ GetAsync(int id); [CacheKey(\"o:{id}\")] ValueTask SetAsync(int id, Order value);"));

    [Theory]
    [InlineData("Price", "'Line.Price' is or contains 'decimal'")]
    [InlineData("Prices", "'Line.Prices' is or contains 'decimal'")]
    [InlineData("Inner", "'Line.Inner.At' is or contains 'DateTime'")]
    [InlineData("Pair", "'Line.Pair.Item2' is or contains 'Guid'")]
    [InlineData("Half", "'Line.Half' is or contains 'Half'")]
    [InlineData("Big", "'Line.Big' is or contains 'Int128'")]
    [InlineData("Any", "'Line.Any.At' is or contains 'DateTime'")]
    public void TC0307_part_of_an_object(string member, string reason)
    {
        var types = new Dictionary<string, string>
        {
            ["Price"] = "decimal?", ["Prices"] = "Dictionary<string, List<decimal>>?", ["Inner"] = "Inner?", ["Pair"] = "(int, Guid)", ["Half"] = "Half", ["Big"] = "Int128", ["Any"] = "IAny?",
        };
        ReportsOnly(
            "TC0307",
            $"'Line' cannot be shared under CacheDialect.EnyimMessagePack, because {reason}, which Enyim's MessagePackTranscoder has in another form: use another type there, name a codec of your own in [CacheCodec], or set another Dialect",
            Of(CacheDialect.EnyimMessagePack, "[CacheKey(\"l:{id}\")] ⟦ValueTask<Line?>⟧ GetAsync(int id);")
                + $"public class Line {{ public int Id {{ get; set; }} public {types[member]} {member} {{ get; set; }} public Line? Next {{ get; set; }} }}"
                + "public class Inner { public string? Name { get; set; } public DateTime At { get; set; } }"
                + "[MessagePack.Union(0, typeof(One))] public interface IAny { } public class One : IAny { public DateTime At { get; set; } }");
    }

    [Theory]
    [InlineData("List<decimal>", "it is or contains 'decimal', which Enyim's MessagePackTranscoder has in another form", "another type there")]
    [InlineData("Guid", "it is or contains 'Guid', which Enyim's MessagePackTranscoder has in another form", "another type there")]
    [InlineData("Color", "it is stored as MessagePack, but Enyim has a single text or number as such", "its int itself")]
    [InlineData("char", "it is stored as MessagePack, but Enyim has a single text or number as such", "the char itself")]
    public void TC0307_whole_values_of_MessagePack(string type, string reason, string replacement) => ReportsOnly(
        "TC0307",
        $"'{type}' cannot be shared under CacheDialect.EnyimMessagePack, because {reason}: use {replacement}, name a codec of your own in [CacheCodec], or set another Dialect",
        Of(CacheDialect.EnyimMessagePack, $"[CacheKey(\"l:{{id}}\")] ⟦CacheEntry<{type}>⟧ Entry(int id);"));

    [Fact]
    public void TC0307_not_for_what_a_codec_of_the_project_writes_inside() => Passes(
        Of(CacheDialect.EnyimMessagePack, "[CacheKey(\"l:{id}\")] ValueTask<Line?> GetAsync(int id);") + """
        public class Line { public Money Price { get; set; } }
        [CacheCodec(typeof(MoneyCodec))] public readonly record struct Money(decimal Amount);
        public sealed class MoneyCodec : TypedCache.Values.ICacheCodec<Money>
        {
            public void Write(ref TypedCache.Values.ValueWriter writer, Money value) => writer.WriteInteger((long)value.Amount);
            public Money Read(in TypedCache.Values.StoredValue stored) => new(stored.ReadInteger());
        }
        """);

    // What is inside a value object decides; as a whole value it is MessagePack all the same.
    [Theory]
    [InlineData(CacheDialect.EnyimMessagePack, "List<Ref>", null)]
    [InlineData(CacheDialect.PhpMemcached, "Ref", null)]
    [InlineData(CacheDialect.EnyimMessagePack, "Ref", "'Ref' cannot be shared under CacheDialect.EnyimMessagePack, because it is stored as MessagePack, but Enyim has a single text or number as such: use the int itself, name a codec of your own in [CacheCodec], or set another Dialect")]
    [InlineData(CacheDialect.EnyimMessagePack, "List<Day>", "'List<Day>' cannot be shared under CacheDialect.EnyimMessagePack, because it is or contains 'DateTime', which Enyim's MessagePackTranscoder has in another form: use another type there, name a codec of your own in [CacheCodec], or set another Dialect")]
    [InlineData(CacheDialect.Dalli, "Ref", "'Ref' cannot be shared under CacheDialect.Dalli, because it is stored as MessagePack, but dalli has objects in Ruby's Marshal format: use a string, bytes, a number or a bool, name a codec of your own in [CacheCodec], or set another Dialect")]
    public void TC0307_value_objects(CacheDialect dialect, string type, string? message)
    {
        var source = Of(dialect, $"[CacheKey(\"l:{{id}}\")] ⟦CacheEntry<{type}>⟧ Entry(int id);") + """
            public sealed class Ref { private Ref(int value) => Value = value; public int Value { get; } public static Ref From(int value) => new(value); }
            public sealed class Day { private Day(DateTime value) => Value = value; public DateTime Value { get; } public static Day From(DateTime value) => new(value); }
            """;
        if (message is null)
        {
            Passes(Unmarked(source));
        }
        else
        {
            ReportsOnly("TC0307", message, source);
        }
    }

    [Theory]
    [InlineData(CacheDialect.Plain, "bool", "its clients leave the form of a value to their callers, and a bool has no usual one: use an int or a string, name a codec of your own in [CacheCodec], or set another Dialect")]
    [InlineData(CacheDialect.Spymemcached, "ulong", "Java has no unsigned 64-bit number: use a long, name a codec of your own in [CacheCodec], or set another Dialect")]
    [InlineData(CacheDialect.Pecl, "Order", "it is stored as MessagePack, for which PHP gets false: use a string, bytes, a number or a bool, name a codec of your own in [CacheCodec], or set Dialect = CacheDialect.PeclSharedWithPhp")]
    [InlineData(CacheDialect.Enyim, "Order", "it is stored as MessagePack, but Enyim's default transcoder has objects as BSON: use a string, bytes, a number, a bool or a DateTime, name a codec of your own in [CacheCodec], or set Dialect = CacheDialect.EnyimMessagePack")]
    [InlineData(CacheDialect.Spymemcached, "Order", "it is stored as MessagePack, but Java's clients have objects by Java serialization: use a string, bytes, a number, a bool or a DateTime, name a codec of your own in [CacheCodec], or set another Dialect")]
    [InlineData(CacheDialect.NodeMemcached, "Order", "it is stored as MessagePack, but npm's memcached has objects as JSON: use a string, bytes, a number, a bool or a DateTime, name a codec of your own in [CacheCodec], or set another Dialect")]
    [InlineData(CacheDialect.Plain, "DateTime", "it is stored as MessagePack, but its clients leave the form of a value to their callers: use a string, bytes or a number, name a codec of your own in [CacheCodec], or set another Dialect")]
    public void TC0307_says_why(CacheDialect dialect, string type, string rest) => ReportsOnly(
        "TC0307",
        $"'{type}' cannot be shared under CacheDialect.{dialect}, because {rest}",
        Of(dialect, $"[CacheKey(\"x:{{id}}\")] ⟦CacheEntry<{type}>⟧ Entry(int id);"));

    [Fact]
    public void TC0208_dialect_that_does_not_exist() => ReportsOnly(
        "TC0208",
        "Dialect of 'IShopCache' does not exist: set it to a member of CacheDialect",
        Client("[CacheKey(\"x:{id}\")] CacheEntry<string> Entry(int id);", "CacheClient(\"shop\", Dialect = ⟦(CacheDialect)99⟧)"));

    [Theory]
    [MemberData(nameof(Table))]
    public void TC0308_values_with_tags(CacheDialect dialect, string row)
    {
        Assert.Contains('y', row);
        ReportsOnly(
            "TC0308",
            $"'GetAsync' cannot have tags under CacheDialect.{dialect}, because other clients would take the versions of the tags for a part of the value: remove [CacheTag], or put the key into an interface without a Dialect",
            Of(dialect, "[CacheKey(\"p:{id}\"), ⟦CacheTag(\"all\")⟧] ValueTask<string?> GetAsync(int id); [CacheTag(\"all\")] ValueTask RemoveAllAsync();"));
    }

    [Fact]
    public void TC0308_not_without_a_dialect() => Passes(Client("[CacheKey(\"p:{id}\"), CacheTag(\"all\")] ValueTask<string?> GetAsync(int id); [CacheTag(\"all\")] ValueTask RemoveAllAsync();"));

    [Fact]
    public void TC0308_not_for_an_invalidation() => Passes(
        Client("[CacheKey(\"p:{id}\"), CacheTag(\"all\")] ValueTask<string?> GetAsync(int id);")
            + "[CacheClient(\"shop\", Dialect = CacheDialect.Enyim)] public partial interface IOther { [CacheTag(\"all\")] ValueTask RemoveAllAsync(); }");

    [Theory]
    [InlineData(CacheDialect.Enyim)]
    [InlineData(CacheDialect.EnyimMessagePack)]
    [InlineData(CacheDialect.Dalli)]
    [InlineData(CacheDialect.Spymemcached)]
    public void TC0309_counter_of_a_stored_number(CacheDialect dialect) => ReportsOnly(
        "TC0309",
        $"IShopCache.IncrementAsync counts what IShopCache.SetAsync stores as a number, but CacheDialect.{dialect} has numbers as bytes, which memcached cannot count: store the number as a string, or let counting alone make it",
        Of(dialect, "[CacheKey(\"n:{id}\")] ValueTask SetAsync(int id, long value); [CacheKey(⟦\"n:{id}\"⟧)] ValueTask<ulong> IncrementAsync(int id);"));

    [Fact]
    public void TC0309_counter_and_entry() => ReportsOnly(
        "TC0309",
        "IShopCache.Views counts what IShopCache.Number stores as a number, but CacheDialect.Enyim has numbers as bytes, which memcached cannot count: store the number as a string, or let counting alone make it",
        Of(CacheDialect.Enyim, "[CacheKey(\"n:{id}\")] CacheEntry<uint> Number(int id); [CacheKey(⟦\"n:{id}\"⟧)] CacheCounter Views(int id);"));

    [Fact]
    public void TC0309_counter_of_another_interface() => Reports(
        "TC0309",
        "ICounters.DecrementAsync counts what IShopCache.GetOrCreateAsync stores as a number, but CacheDialect.Dalli has numbers as bytes, which memcached cannot count: store the number as a string, or let counting alone make it",
        Of(CacheDialect.Dalli, "[CacheKey(\"n:{id}\", Expires = \"1m\")] ValueTask<int> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<int>> create);")
            + "[CacheClient(\"shop\")] public partial interface ICounters { [CacheKey(⟦\"n:{id}\"⟧)] ValueTask<long?> DecrementAsync(int id); }");

    [Theory]
    [InlineData(CacheDialect.Any)]
    [InlineData(CacheDialect.Pecl)]
    [InlineData(CacheDialect.PhpMemcached)]
    [InlineData(CacheDialect.Pymemcache)]
    [InlineData(CacheDialect.PythonMemcached)]
    [InlineData(CacheDialect.NodeMemcached)]
    [InlineData(CacheDialect.Plain)]
    public void TC0309_not_where_numbers_are_text(CacheDialect dialect) => Passes(
        Of(dialect, "[CacheKey(\"n:{id}\")] ValueTask SetAsync(int id, long value); [CacheKey(\"n:{id}\")] ValueTask<ulong> IncrementAsync(int id);"));

    [Theory]
    [InlineData("ValueTask SetAsync(int id, string value);")]
    [InlineData("ValueTask<long?> GetAsync(int id);")]
    [InlineData("ValueTask<bool> DeleteAsync(int id);")]
    public void TC0309_not_for_text_and_for_what_only_reads(string member) => Passes(
        Of(CacheDialect.Enyim, $"[CacheKey(\"n:{{id}}\")] {member} [CacheKey(\"n:{{id}}\")] ValueTask<ulong> IncrementAsync(int id);"));

    private const string OrderMessage =
        "'Order' cannot be shared under CacheDialect.Pymemcache, because it is stored as MessagePack, but Python's clients have objects as pickles: use a string, bytes, a number or a bool, name a codec of your own in [CacheCodec], or set another Dialect";

    private static bool IsValueType(string type) => type is not ("string" or "byte[]" or "Order" or "List<int>" or "Dictionary<string, Order>");

    private static string Members(string[] types, string mark) =>
        string.Join('\n', types.Select((type, index) => $"[CacheKey(\"k{index}:{{id}}\")] CacheEntry<{type}{(IsValueType(type) ? mark : "")}> E{index}(int id);"));

    private static string Of(CacheDialect dialect, string members) => Client(members, $"CacheClient(\"shop\", Dialect = CacheDialect.{dialect})");
}
