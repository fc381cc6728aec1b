using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

public sealed class KeyRuleTests : RuleTest
{
    private const string Formattable = "implement IUtf8SpanFormattable or ISpanFormattable, make it a value object (one public property and a static From, Create or Of, a constructor or a conversion that takes its value), name one of its properties like {parameter.Id}, or pass a string";

    [Theory]
    [InlineData("\"product:⟦{id⟧\"", 8, "the placeholder is not closed; add '}', or write '{{' for a brace in the key")]
    [InlineData("\"a⟦{id⟧{id}\"", 1, "the placeholder is not closed; add '}', or write '{{' for a brace in the key")]
    [InlineData("\"product:⟦{}⟧\"", 8, "the placeholder is empty; name a parameter")]
    [InlineData("\"product:⟦{1}⟧\"", 8, "'1' is not a placeholder; write {parameter}, {parameter.Property} or {parameter:format}")]
    [InlineData("\"product:⟦{id:}⟧\"", 8, "'id:' is not a placeholder; write {parameter}, {parameter.Property} or {parameter:format}")]
    [InlineData("\"product⟦}⟧:{id}\"", 7, "'}' does not close a placeholder; write '}}' for a brace in the key")]
    [InlineData("⟦\"\"⟧", 0, "it is empty; write the key, for example \"product:{id}\"")]
    [InlineData("\"\\u0061\\t⟦{⟧\"", 2, "the placeholder is not closed; add '}', or write '{{' for a brace in the key")]
    [InlineData("@\"a\"\"⟦{⟧\"", 2, "the placeholder is not closed; add '}', or write '{{' for a brace in the key")]
    [InlineData("\"\"\"a:⟦{⟧\"\"\"", 2, "the placeholder is not closed; add '}', or write '{{' for a brace in the key")]
    [InlineData("⟦\"a\" + \"{\"⟧", 1, "the placeholder is not closed; add '}', or write '{{' for a brace in the key")]
    [InlineData("⟦Templates.Broken⟧", 1, "the placeholder is not closed; add '}', or write '{{' for a brace in the key")]
    public void TC0101_template_malformed(string template, int position, string reason) => ReportsOnly(
        "TC0101",
        $"The key template is malformed at position {position}: {reason}",
        Client($"[CacheKey({template})] ValueTask<string?> GetAsync(int id);")
            + "public static class Templates { public const string Broken = \"a{\"; }");

    [Fact]
    public void TC0101_in_a_raw_literal_of_several_lines() => Reports(
        "TC0101",
        "The key template is malformed at position 2: '}' does not close a placeholder; write '}}' for a brace in the key",
        Client("[CacheKey(\"\"\"\n    a:⟦}⟧b\n    \"\"\")] ValueTask<string?> GetAsync(int id);"));

    [Fact]
    public void TC0101_not_for_doubled_braces() => Passes(Client("[CacheKey(\"{{a}}:{id}\")] ValueTask<string?> GetAsync(int id);"));

    [Theory]
    [InlineData("⟦{prodctId}⟧", "'prodctId' is not a parameter of 'GetAsync': did you mean 'productId'?")]
    [InlineData("⟦{ProductId}⟧", "'ProductId' is not a parameter of 'GetAsync': did you mean 'productId'?")]
    [InlineData("⟦{customer}⟧", "'customer' is not a parameter of 'GetAsync': it has productId, order")]
    [InlineData("⟦{order.Idd}⟧", "'Idd' is not a public property of 'Order': did you mean 'Id'?")]
    public void TC0102_placeholder_unknown(string placeholder, string message) => ReportsOnly(
        "TC0102", message, Client($"[CacheKey(\"p:{placeholder}\")] ValueTask<string?> GetAsync(int productId, Order order);"));

    [Fact]
    public void TC0102_not_for_what_is_there() =>
        Passes(Client("[CacheKey(\"p:{productId}:{order.Id}\")] ValueTask<string?> GetAsync(int productId, Order order);"));

    [Fact]
    public void TC0103_parameter_unused() => ReportsOnly(
        "TC0103",
        "Parameter 'region' of 'GetAsync' is neither in the key nor used by the operation Get: write {region} into the template, or remove the parameter",
        Client("[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id, int ⟦region⟧);"));

    [Theory]
    [InlineData("ulong ⟦initial⟧", "initial")]
    [InlineData("TimeSpan ⟦expires⟧", "expires")]
    public void TC0103_for_a_counter_which_is_not_made(string parameter, string name) => ReportsOnly(
        "TC0103",
        $"Parameter '{name}' of 'IncrementAsync' is neither in the key nor used by the operation Increment: write {{{name}}} into the template, or remove the parameter",
        Client($"[CacheKey(\"p:{{id}}\")] ValueTask<ulong?> IncrementAsync(int id, ulong by, {parameter});"));

    [Fact]
    public void TC0103_not_for_a_parameter_with_a_role() => Passes(Client(
        "[CacheKey(\"p:{id}\")] ValueTask SetAsync(int id, TimeSpan expires, string value, CancellationToken ct);"));

    [Theory]
    [InlineData("\"a⟦ ⟧b\"", "a blank")]
    [InlineData("\"ab⟦\\r⟧\"", "a line end")]
    [InlineData("\"{id}⟦\\x7F⟧\"", "the control character 0x7F")]
    [InlineData("\"a⟦\\uD800⟧\"", "the lone surrogate U+D800")]
    public void TC0104_character_not_allowed(string template, string character) => ReportsOnly(
        "TC0104",
        $"A memcached key cannot contain {character}: remove it from the template",
        Client($"[CacheKey({template})] ValueTask<string?> GetAsync(int id);").Replace("int id", template.Contains("{id}", StringComparison.Ordinal) ? "int id" : "", StringComparison.Ordinal));

    [Theory]
    [InlineData("\"a⟦%⟧b:{id}\"", "template", "CacheClient(\"shop\")")]
    [InlineData("\"a:{id}\"", "prefix", "CacheClient(\"sh⟦%⟧op\")")]
    public void TC0104_for_the_sign_of_escapes(string template, string place, string attribute) => ReportsOnly(
        "TC0104",
        $"A memcached key cannot contain '%', which KeyPolicy.Escape uses to mark its escapes: remove it from the {place}",
        Client($"[CacheKey({template})] ValueTask<string?> GetAsync(int id);", attribute));

    [Theory]
    [InlineData("Pecl")]
    [InlineData("Reject")]
    public void TC0104_not_where_nothing_is_escaped(string policy) => Passes(Client(
        "[CacheKey(\"a%b:{id}\")] ValueTask<string?> GetAsync(int id);", $"CacheClient(\"sh%op\", KeyPolicy = TypedCache.Keys.KeyPolicy.{policy})"));

    [Fact]
    public void TC0104_in_the_prefix() => ReportsOnly(
        "TC0104",
        "A memcached key cannot contain a tab: remove it from the prefix",
        Client("[CacheKey(\"a\")] ValueTask<string?> GetAsync();", "CacheClient(\"my⟦\\t⟧shop\")"));

    [Fact]
    public void TC0104_not_for_letters_of_any_script() => Passes(Client("[CacheKey(\"käse:日本:😀\")] ValueTask<string?> GetAsync();"));

    [Fact]
    public void TC0105_fixed_part_too_long() => ReportsOnly(
        "TC0105",
        "The fixed part of the key has 251 bytes, but memcached allows at most 250, the pool's KeyPrefix included: shorten the template or the prefix",
        Client($"[CacheKey(⟦\"{new string('a', 246)}\"⟧)] ValueTask<string?> GetAsync();"));

    [Fact]
    public void TC0105_not_for_250_bytes() => Passes(Client($"[CacheKey(\"{new string('a', 245)}\")] ValueTask<string?> GetAsync();"));

    [Fact]
    public void TC0105_counts_bytes_and_not_characters() => Reports(
        "TC0105",
        "The fixed part of the key has 251 bytes, but memcached allows at most 250, the pool's KeyPrefix included: shorten the template or the prefix",
        Client($"[CacheKey(⟦\"{new string('ä', 123)}\"⟧)] ValueTask<string?> GetAsync();"));

    [Fact]
    public void TC0106_key_can_get_too_long() => ReportsOnly(
        "TC0106",
        "The key can reach 251 bytes (fixed part 240, id up to 11), but memcached allows at most 250, the pool's KeyPrefix included: shorten the template, or use fewer or shorter parameters",
        Client($"[CacheKey(⟦\"{new string('a', 235)}{{id}}\"⟧)] ValueTask<string?> GetAsync(int id);"));

    [Fact]
    public void TC0106_not_for_250_bytes() =>
        Passes(Client($"[CacheKey(\"{new string('a', 234)}{{id}}\")] ValueTask<string?> GetAsync(int id);"));

    [Fact]
    public void TC0106_for_a_bound_which_is_none() => Assert.Contains(
        "up to 268435455",
        Assert.Single(Testing.GeneratorRun.Of(Client("[CacheKey(\"{name}\")] ValueTask<string?> GetAsync([KeyPart(MaxLength = int.MaxValue)] string name);")).Problems).GetMessage(null),
        StringComparison.Ordinal);

    [Fact]
    public void TC0106_counts_texts_with_a_bound() => ReportsOnly(
        "TC0106",
        "The key can reach 254 bytes (fixed part 17, name up to 192, rest up to 45), but memcached allows at most 250, the pool's KeyPrefix included: shorten the template, or use fewer or shorter parameters",
        Client("[CacheKey(⟦\"012345678:{name}:{rest}\"⟧)] ValueTask<string?> GetAsync([KeyPart(MaxLength = 64)] string name, [KeyPart(MaxLength = 15)] string rest);", "CacheClient(\"12345\")"));

    [Theory]
    [InlineData("{name}", "string name", "name", "add [KeyPart(MaxLength = 64)] with its greatest length")]
    [InlineData("{order.Note}", "Order order", "order.Note", "add [KeyPart(MaxLength = 64)] with its greatest length")]
    [InlineData("{id}", "FormatsItself id", "id", "name one of its properties, or pass a string with [KeyPart]")]
    public void TC0107_length_unbounded(string placeholder, string parameter, string name, string fix) => ReportsOnly(
        "TC0107",
        $"The length of '{name}' has no bound, so the length of the key is checked at run time: {fix}",
        Client($"[CacheKey(\"p:⟦{placeholder}⟧\")] ValueTask<string?> GetAsync({parameter});") + """

        public readonly struct FormatsItself : IUtf8SpanFormattable
        {
            public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => throw new NotSupportedException();
        }
        """);

    [Theory]
    [InlineData("{version}", "Version version")]
    [InlineData("{name}", "[KeyPart(MaxLength = 64)] string name")]
    [InlineData("{named.Name}", "Named named")]
    [InlineData("{id}:{at}:{flag}:{size}", "Guid id, DateTimeOffset at, bool flag, double size")]
    [InlineData("{id}", "Short id")]
    public void TC0107_not_with_a_bound(string template, string parameters) => Passes("TC0107", Client(
        $"[CacheKey(\"p:{template}\")] ValueTask<string?> GetAsync({parameters});") + "public sealed record Named([property: KeyPart(MaxLength = 10)] string Name); public readonly record struct Short([property: KeyPart(MaxLength = 10)] string Value);");

    [Fact]
    public void TC0110_placeholders_ambiguous() => ReportsOnly(
        "TC0110",
        "The key does not show where 'a' ends, so different arguments can give the same key: put ':' after it",
        Client("[CacheKey(\"⟦{a}⟧{b}\")] ValueTask<string?> GetAsync(int a, int b);"));

    [Fact]
    public void TC0110_not_where_the_length_is_fixed() =>
        Passes(Client("[CacheKey(\"{a}{b:yyyyMMdd}{c}\")] ValueTask<string?> GetAsync(Guid a, DateOnly b, int c);"));

    [Theory]
    [InlineData("Order", "order", Formattable)]
    [InlineData("byte[]", "bytes", Formattable)]
    [InlineData("FormattableString", "text", "write a format, such as {parameter:format}: without one IFormattable gives text for people, which may leave out a part of the value")]
    [InlineData("CancellationToken", "ct", "remove it from the template; it cancels the operation")]
    public void TC0111_type_not_formattable(string type, string name, string fix) => ReportsOnly(
        "TC0111",
        $"'{name}' of type '{type}' cannot be written into a key: {fix}",
        Client($"[CacheKey(\"p:⟦{{{name}}}⟧\")] ValueTask<string?> GetAsync({type} {name});"));

    [Fact]
    public void TC0111_items_which_can_be_null() => ReportsOnly(
        "TC0111",
        "'ids' of type 'int' cannot be written into a key: an item of the collection can be null; make the items non-nullable",
        Client("[CacheKey(\"p:⟦{ids}⟧\")] ValueTask<int> DeleteAsync(List<int?> ids);"));

    [Fact]
    public void TC0111_strings_which_can_be_null() => ReportsOnly(
        "TC0111",
        "'ids' of type 'string?' cannot be written into a key: an item of the collection can be null; make the items non-nullable",
        Client("[CacheKey(\"p:⟦{ids}⟧\")] ValueTask<int> DeleteAsync(List<string?> ids);"));

    [Fact]
    public void TC0111_not_for_types_which_format_themselves() => Passes(Client(
        "[CacheKey(\"p:{version}:{address}:{own}\")] ValueTask<string?> GetAsync(Version version, System.Net.IPAddress address, Own own);") + """

        public readonly struct Own : IUtf8SpanFormattable
        {
            public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
            {
                bytesWritten = 0;
                return true;
            }
        }
        """);

    [Theory]
    [InlineData("int", "yyyy", "it gives the same text for all values")]
    [InlineData("int", "Q", "the type does not know it")]
    [InlineData("Guid", "yyyy", "write N, D, B, P or X")]
    [InlineData("DateOnly", "yyyyMMddHH", "a DateOnly has no time of day; write yyyyMMdd, for example")]
    [InlineData("TimeOnly", "yyyy", "a TimeOnly has no date; write HHmm, for example")]
    [InlineData("Color", "X", "write G for the name or D for the number")]
    [InlineData("bool", "D", "the type has no formats; remove it")]
    [InlineData("string", "D", "the type has no formats; remove it")]
    [InlineData("double", "X", "the type does not know it")]
    [InlineData("int", "D251", "a key has at most 250 bytes; write fewer digits")]
    [InlineData("int", "D999999999", "a key has at most 250 bytes; write fewer digits")]
    [InlineData("Int128", "x999999999", "a key has at most 250 bytes; write fewer digits")]
    [InlineData("byte", "B0999999999", "a key has at most 250 bytes; write fewer digits")]
    [InlineData("double", "F999999999", "a key has at most 250 bytes; write fewer digits")]
    [InlineData("decimal", "N999999999", "a key has at most 250 bytes; write fewer digits")]
    [InlineData("Half", "E99999999999999999999", "the type does not know it")]
    public void TC0112_format_not_valid(string type, string format, string fix) => ReportsOnly(
        "TC0112",
        $"'{format}' is not a format of '{type}': {fix}",
        Client($"[CacheKey(\"p:{{a:⟦{format}⟧}}\")] ValueTask<string?> GetAsync({type} a);"));

    [Theory]
    [InlineData("int", "X8")]
    [InlineData("decimal", "F2")]
    [InlineData("DateTime", "yyyyMMdd-HHmm")]
    [InlineData("DateOnly", "o")]
    [InlineData("TimeOnly", "HH:mm")]
    [InlineData("TimeSpan", "hh\\\\:mm")]
    [InlineData("Color", "D")]
    [InlineData("Guid", "N")]
    public void TC0112_not_for_valid_formats(string type, string format) =>
        Passes(Client($"[CacheKey(\"p:{{a:{format}}}\")] ValueTask<string?> GetAsync({type} a);"));

    [Theory]
    [InlineData("ValueTask<bool> ReplaceAsync(int[] ⟦ids⟧, string value)", "'ids' is a collection, but Replace works on one key: pass one value, or name one of its properties")]
    [InlineData("ValueTask SetAsync(int[] ⟦ids⟧, string value)", "'ids' is a collection, but Set needs a value for each key: pass an IReadOnlyDictionary<TKey, TValue>")]
    [InlineData("ValueTask<int> AddAsync(int[] ⟦ids⟧, string value)", "'ids' is a collection, but Add needs a value for each key: pass an IReadOnlyDictionary<TKey, TValue>")]
    [InlineData("ValueTask<int> TouchAsync(Dictionary<int, int> ⟦ids⟧, TimeSpan expires)", "'ids' is a collection, but Touch needs only keys: pass the keys of the dictionary")]
    [InlineData("ValueTask<Dictionary<int, CasResult>> CompareAndSetAsync(Dictionary<int, int> ⟦ids⟧)", "'ids' is a collection, but CompareAndSet needs a value and a CAS number for each key: pass an IReadOnlyDictionary<TKey, CacheValue<TValue>>")]
    [InlineData("ValueTask<Dictionary<int, CasResult>> CompareAndSetAsync(int[] ⟦ids⟧, string value, ulong cas)", "'ids' is a collection, but CompareAndSet needs a value and a CAS number for each key: pass an IReadOnlyDictionary<TKey, CacheValue<TValue>>")]
    [InlineData("ValueTask DeleteAsync(Dictionary<int, int> ⟦ids⟧)", "'ids' is a collection, but Delete needs only keys: pass the keys of the dictionary")]
    public void TC0113_collection_in_single_key(string method, string message) =>
        ReportsOnly("TC0113", message, Client($"[CacheKey(\"p:{{ids}}\")] {method};"));

    [Fact]
    public void TC0113_second_collection() => ReportsOnly(
        "TC0113",
        "'b' is a collection, but 'a' is already one: a key can vary by the items of one collection",
        Client("[CacheKey(\"{a}:{b}\")] ValueTask<int> DeleteAsync(int[] a, int[] ⟦b⟧);"));

    [Theory]
    [InlineData("ValueTask<int> DeleteAsync(IReadOnlyList<int> ids)")]
    [InlineData("ValueTask<IReadOnlySet<int>> ExistsAsync(IReadOnlyList<int> ids)")]
    [InlineData("Task TouchManyAsync(int[] ids, TimeSpan expires)")]
    [InlineData("ValueTask<HashSet<int>> AddAsync(Dictionary<int, string> ids)")]
    [InlineData("ValueTask<Dictionary<int, CasResult>> CompareAndSetAsync(IEnumerable<KeyValuePair<int, CacheValue<string>>> ids)")]
    [InlineData("ValueTask<CacheValues<int, CacheValue<string>>> GetAsync(int[] ids)")]
    public void TC0113_not_for_batches(string method) => Passes(Client($"[CacheKey(\"p:{{ids}}\")] {method};"));

    [Theory]
    [InlineData("{at}", "DateTime at", "at", "DateTime's equality ignores the Kind, which is written", "pass a DateTimeOffset, or write a format without the Kind like {at:yyyyMMddTHHmmss}")]
    [InlineData("{at:yyyyK}", "DateTime? at", "at", "DateTime's equality ignores the Kind, which is written", "pass a DateTimeOffset, or write a format without the Kind like {at:yyyyMMddTHHmmss}")]
    [InlineData("{at:yyyyMMdd}", "DateTimeOffset at", "at", "DateTimeOffset's equality ignores the offset, which changes what the format writes", "write {at.UtcDateTime:yyyyMMdd}")]
    [InlineData("{uri}", "Uri uri", "uri", "Uri's equality ignores the fragment and the user, which are written", "write {uri.AbsoluteUri}")]
    [InlineData("{day}", "Day day", "day", "DateTime's equality ignores the Kind, which is written", "pass a DateTimeOffset, or write a format without the Kind like {day:yyyyMMddTHHmmss}")]
    public void TC0114_equal_values_with_different_keys(string placeholder, string parameter, string name, string reason, string fix) => ReportsOnly(
        "TC0114",
        $"Equal values of '{name}' can have different texts, because {reason}: {fix}",
        Client($"[CacheKey(\"p:⟦{placeholder}⟧\")] ValueTask<string?> GetAsync({parameter});") + "public readonly record struct Day(DateTime Value);");

    [Theory]
    [InlineData("{at:yyyyMMddTHHmmss}", "DateTime at")]
    [InlineData("{at:yyyy'K'\\\\z}", "DateTime at")]
    [InlineData("{at.Ticks}", "DateTime at")]
    [InlineData("{at}", "DateTimeOffset at")]
    [InlineData("{at:u}", "DateTimeOffset at")]
    [InlineData("{at.UtcDateTime}", "DateTimeOffset at")]
    [InlineData("{at.UtcDateTime:yyyyMMdd}", "DateTimeOffset at")]
    [InlineData("{a}:{b}:{c}:{d:F2}", "decimal a, double b, Half c, float d")]
    [InlineData("{uri.AbsoluteUri}", "Uri uri")]
    [InlineData("{version}", "Version version")]
    public void TC0114_not_where_equal_values_have_one_text(string template, string parameters) => Passes(
        "TC0114", Client($"[CacheKey(\"p:{template}\")] ValueTask<string?> GetAsync({parameters});"));

    [Theory]
    [InlineData("Span id", "{id}")]
    [InlineData("Span? id", "{id:X}")]
    [InlineData("Plain at", "{at:yyyy}")]
    [InlineData("Single id", "{id}")]
    [InlineData("Renamed id", "{id:N}")]
    [InlineData("Converted? id", "{id}")]
    [InlineData("Made id", "{id}")]
    [InlineData("Around id", "{id}")]
    [InlineData("Kind kind", "{kind}:{kind:D}")]
    [InlineData("Computed id", "{id}")]
    public void TC0111_not_for_value_objects_and_what_formats_itself(string parameter, string template) => Passes(Client(
        $"[CacheKey(\"p:{template}\")] ValueTask<string?> GetAsync({parameter});") + """

        public readonly struct Span : ISpanFormattable
        {
            public bool TryFormat(Span<char> destination, out int written, ReadOnlySpan<char> format, IFormatProvider? provider) => 42.TryFormat(destination, out written, format, provider);
            public string ToString(string? format, IFormatProvider? provider) => "42";
        }
        public readonly struct Plain : IFormattable { public string ToString(string? format, IFormatProvider? provider) => "42"; }
        public sealed record Single(int Value);
        public readonly record struct Renamed(Guid Id);
        public readonly struct Converted
        {
            private readonly long _value;
            private Converted(long value) => _value = value;
            public static implicit operator Converted(long value) => new(value);
            public static explicit operator long(Converted id) => id._value;
        }
        public sealed class Made { private Made(string text) => Value = text; public string? Value { get; } public static Made From(string text) => new(text); }
        public readonly record struct Around(Renamed Value);
        public readonly record struct Kind(Color Value);
        public readonly struct Computed(Guid value) { public Guid Value { get; } = value; public bool IsEmpty => Value == Guid.Empty; public string Text => Value.ToString(); }
        """);

    [Theory]
    [InlineData("public sealed record Money(decimal Value, string Currency);")]
    [InlineData("public sealed class Money { public decimal Value { get; set; } public string Currency { get; set; } = \"\"; public static implicit operator Money(decimal value) => new() { Value = value }; public static explicit operator decimal(Money money) => money.Value; }")]
    [InlineData("public sealed class Money { private Money() { } public int Value { get; } }")]
    [InlineData("public sealed class Money(int capacity) { public int Count { get; } = capacity; }")]
    [InlineData("public struct Money { public static implicit operator Money(int value) => default; public static implicit operator int(Money money) => 0; public static implicit operator Money(long value) => default; public static implicit operator long(Money money) => 0; }")]
    public void TC0111_object_of_which_the_value_may_be_a_part(string declaration) => ReportsOnly(
        "TC0111",
        $"'money' of type 'Money' cannot be written into a key: {Formattable}",
        Client("[CacheKey(\"p:⟦{money}⟧\")] ValueTask<string?> GetAsync(Money money);") + declaration);

    [Theory]
    [InlineData("ValueTask<IReadOnlyDictionary<Order, string>> GetManyAsync(IReadOnlyList<Order> orders);")]
    [InlineData("ValueTask<int> DeleteManyAsync(HashSet<Order> orders);")]
    [InlineData("ValueTask SetManyAsync(IReadOnlyDictionary<Order, string> orders);")]
    [InlineData("ValueTask<IReadOnlyDictionary<Order, string>> GetOrCreateManyAsync(Order[] orders, Func<IReadOnlyList<Order>, CancellationToken, ValueTask<IReadOnlyDictionary<Order, string>>> create);")]
    public void TC0102_not_for_the_property_of_an_item(string member) => Passes(
        Client($"[CacheKey(\"p:{{orders.Id:X4}}:{{orders.Note.Length}}:{{orders.Color}}\", Expires = \"1h\")] {member}"));

    [Fact]
    public void TC0102_unknown_property_of_an_item() => ReportsOnly(
        "TC0102",
        "'Idd' is not a public property of 'Order': did you mean 'Id'?",
        Client("[CacheKey(\"p:⟦{orders.Idd}⟧\")] ValueTask<int> DeleteManyAsync(List<Order> orders);"));

    [Theory]
    [InlineData("ValueTask<bool> ReplaceAsync(List<Order> ⟦orders⟧, string value);", "Replace works on one key", "pass one value, or name one of its properties")]
    [InlineData("CacheEntry<string> Entry(List<Order> ⟦orders⟧);", "there is one key, and not one for each item", "pass one value")]
    public void TC0113_property_of_items_in_the_key_of_one_value(string member, string obstacle, string fix) => ReportsOnly(
        "TC0113",
        $"'orders' is a collection, but {obstacle}: {fix}",
        Client($"[CacheKey(\"p:{{orders.Id}}\")] {member}"));
}
