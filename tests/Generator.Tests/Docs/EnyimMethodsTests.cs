using System.Text.RegularExpressions;
using TypedCache.Generator.Tests.Rules;

namespace TypedCache.Generator.Tests.Docs;

/// <summary>The page about moving in has a row for every method of EnyimMemcachedCore's <c>IMemcachedClient</c>, and ours exist.</summary>
public sealed partial class EnyimMethodsTests
{
    private static readonly string[] Rows = [.. Table().Match(RuleCompletenessTests.Read("docs/from-enyim.md")).Value.Split('\n').Skip(2)];

    // src/Enyim.Caching/IMemcachedClient.cs of version 3.4.
    [Theory]
    [InlineData("Add", "AddAsync", "Set", "SetAsync", "Replace", "ReplaceAsync", "Store", "StoreAsync")]
    [InlineData("Get", "GetAsync", "Get<T>", "GetAsync<T>", "GetValueAsync<T>", "GetValueOrCreateAsync<T>", "TryGet", "TryGet<T>")]
    [InlineData("GetWithCas", "GetWithCas<T>", "GetWithCasAsync", "TryGetWithCas", "TryGetWithCas<T>", "Cas", "Append", "Prepend")]
    [InlineData("Increment", "Decrement", "TouchAsync", "Remove", "RemoveAsync", "RemoveMultiAsync")]
    [InlineData("FlushAll", "FlushAllAsync", "Stats", "NodeFailed", "Dispose")]
    public void Every_method_has_a_row(params string[] methods) =>
        Assert.All(methods, static method => Assert.Contains(Rows, row => row.Split('|')[1].Contains($"`{method}`", StringComparison.Ordinal)));

    [Fact]
    public void What_stands_beside_it_is_a_member_of_the_pool()
    {
        var names = Rows.SelectMany(static row => Name().Matches(row.Split('|')[3]).Select(static name => name.Groups[1].Value)).ToList();

        Assert.Contains("GetManyValuesAsync", names);
        Assert.All(names, static name => Assert.NotEmpty(typeof(MemcachedPool).GetMember(name)));
    }

    [GeneratedRegex(@"^\| `IMemcachedClient` \|[^\0]*?(?=\n\n)", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex("`([A-Z][A-Za-z]+)`")]
    private static partial Regex Name();
}
