using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

/// <summary>The rules as they meet methods which give an entry, a counter or a set of entries.</summary>
public sealed class EntryRuleTests : RuleTest
{
    [Fact]
    public void TC0102_key_of_what_is_no_set() => ReportsOnly(
        "TC0102",
        "'key' is not a parameter of 'Basket': did you mean 'keys'?",
        Client("[CacheKey(\"b:⟦{key}⟧:{keys}\")] CacheEntry<string> Basket(int keys);"));

    [Fact]
    public void TC0103_parameter_of_an_entry() => ReportsOnly(
        "TC0103",
        "Parameter 'by' of 'Views' is neither in the key nor used by the operation CacheCounter: write {by} into the template, or remove the parameter",
        Client("[CacheKey(\"v:{id}\")] CacheCounter Views(int id, ulong ⟦by⟧);"));

    [Fact]
    public void TC0108_counter_and_entry() => Reports(
        "TC0108",
        "'shop:v:{id}' and 'shop:v:{id}' of IShopCache.Views can both give the key 'shop:v:0', but one stores 'Order' and the other 'counter': start one of them with a different word",
        Client("[CacheKey(\"v:{id}\")] CacheCounter Views(int id); [CacheKey(⟦\"v:{id}\"⟧)] CacheEntry<Order> Order(int id);"));

    [Fact]
    public void TC0108_not_for_a_set_and_an_entry_of_it() => Passes(
        Client("[CacheKey(\"v:{key}\")] CacheEntrySet<int, Order> Orders(); [CacheKey(\"v:{id}\")] CacheEntry<Order> Order(int id);"));

    [Fact]
    public void TC0111_key_of_a_set() => ReportsOnly(
        "TC0111",
        "'key' of type 'Order' cannot be written into a key: implement IUtf8SpanFormattable or ISpanFormattable, make it a value object (one public property and a static From, Create or Of, a constructor or a conversion that takes its value), name one of its properties like {parameter.Id}, or pass a string",
        Client("[CacheKey(\"v:⟦{key}⟧\")] CacheEntrySet<Order, string> Orders();"));

    [Fact]
    public void TC0208_operation_of_an_entry() => ReportsOnly(
        "TC0208",
        "Operation of 'Basket' has no effect, because a CacheEntry has all operations: remove it",
        Client("[CacheKey(\"b:{id}\", Operation = ⟦CacheOperation.Get⟧)] CacheEntry<string> Basket(int id);"));

    [Fact]
    public void TC0209_set_without_its_key() => ReportsOnly(
        "TC0209",
        "'Cities' lacks the part that distinguishes its entries: write {key} into the template",
        Client("[CacheKey(⟦\"city:{country}\"⟧)] CacheEntrySet<int, string> Cities(string country);"));

    [Fact]
    public void TC0209_not_for_a_property_of_the_key() => Passes(
        Client("[CacheKey(\"order:{key.Id}\")] CacheEntrySet<Order, string> Notes();"));

    [Fact]
    public void TC0209_fingerprint_of_no_value() => Reports(
        "TC0209",
        "'DeleteAsync' lacks a value type for the fingerprint of its key: add a method that reads or stores a value under the same template, or turn Schema off",
        Client("[CacheKey(⟦\"b:{id}\"⟧, Schema = true)] ValueTask<bool> DeleteAsync(int id);"));

    [Fact]
    public void TC0301_value_of_an_entry() => ReportsOnly(
        "TC0301",
        "'Action' cannot be stored, because the delegate 'System.Action' cannot be stored",
        Client("[CacheKey(\"b:{id}\")] ⟦CacheEntry<Action>⟧ Basket(int id);"));
}
