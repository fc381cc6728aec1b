using TypedCache.Generator.Contracts;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Shapes;

/// <summary>What the generator knows of dialects, and writes of them.</summary>
public sealed class DialectTests
{
    [Fact]
    public void The_names_and_numbers_are_those_of_the_runtime() => Assert.Equal(
        Enum.GetValues<CacheDialect>().Select(static dialect => ((int)dialect, dialect.ToString())),
        Enum.GetValues<Model.CacheDialect>().Select(static dialect => ((int)dialect, dialect.ToString())));

    [Theory]
    [InlineData(CacheDialect.Enyim, true)]
    [InlineData(CacheDialect.EnyimMessagePack, true)]
    [InlineData(CacheDialect.Spymemcached, true)]
    [InlineData(CacheDialect.NodeMemcached, true)]
    [InlineData(CacheDialect.Any, false)]
    [InlineData(CacheDialect.PeclSharedWithPhp, false)]
    [InlineData(CacheDialect.PhpMemcached, false)]
    public void A_date_has_the_form_of_its_dialect(CacheDialect dialect, bool isPlain)
    {
        var source = GeneratorRun.Of(Client(
            """
            [CacheKey("d:{id}")] ValueTask<DateTime?> GetAsync(int id);
            [CacheKey("d:{id}")] ValueTask SetAsync(int id, DateTime value);
            [CacheKey("d:{ids}")] ValueTask<IReadOnlyDictionary<int, DateTime>> GetManyAsync(IReadOnlyCollection<int> ids);
            [CacheKey("e:{id}")] CacheEntry<DateTime> Entry(int id);
            """,
            $"CacheClient(\"shop\", Dialect = CacheDialect.{dialect})")).SingleSource();

        Assert.Equal(isPlain, source.Contains("global::TypedCache.Values.CacheCodecs.DateTime", StringComparison.Ordinal));
        Assert.Equal(isPlain, source.Contains("CacheCodecs.Nullable<global::System.DateTime>(global::TypedCache.Values.CacheCodecs.DateTime)", StringComparison.Ordinal));
        Assert.NotEqual(isPlain, source.Contains("MessagePackCodec<", StringComparison.Ordinal));
    }

    [Fact]
    public void A_contract_without_a_dialect_says_nothing_of_it()
    {
        const string Members = "[CacheKey(\"a:{id}\")] ValueTask SetAsync(int id, string value); [CacheKey(\"n:{id}\")] ValueTask<ulong> IncrementAsync(int id); [CacheKey(\"x:{id}\")] ValueTask<bool> DeleteAsync(int id);";
        var without = GeneratorRun.Of(Client(Members)).Contract;
        var with = GeneratorRun.Of(Client(Members, "CacheClient(\"shop\", Dialect = CacheDialect.Dalli)")).Contract;

        Assert.DoesNotContain("dialect", without, StringComparison.Ordinal);

        // Counters are text in all dialects, and what only deletes reads nothing.
        Assert.Equal(without, with.Replace("      \"dialect\": \"Dalli\",\n", "", StringComparison.Ordinal));
        Assert.Single(ContractFile.Parse(with, out _)!.Keys, static key => key.Dialect == "Dalli");
        Assert.Equal(with, ContractFile.Parse(with, out _)!.ToJson());
    }
}
