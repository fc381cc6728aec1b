using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

public sealed partial class LanguageRuleTests : RuleTest
{
    private const string Source = "using System.Threading.Tasks; using TypedCache; namespace Shop; [CacheClient] public partial interface IShop { [CacheKey(\"p:{id}\")] ValueTask<string> GetAsync(int id); }";

    [Theory]
    [InlineData(LanguageVersion.CSharp10, "10.0")]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    public void TC0008_older_language(LanguageVersion version, string name)
    {
        var run = Run(version);

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("TC0008", diagnostic.Id);
        Assert.Equal(
            $"The client of 'IShop' needs C# 12 or later, but the project sets C# {name}: remove LangVersion from the project, or set it to latest",
            diagnostic.GetMessage(null));
        Assert.Equal("IShop", Source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Empty(run.Sources);
        run.AssertNoCompilerErrors();
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.CSharp14)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.Preview)]
    public void TC0008_not_for_languages_that_generated_code_is_written_in(LanguageVersion version)
    {
        var run = Run(version);

        Assert.DoesNotContain(run.Diagnostics, static diagnostic => diagnostic.Id == "TC0008");
        run.AssertNoCompilerErrors();
    }

    [Fact]
    public void TC0008_is_what_its_page_shows()
    {
        var versions = LangVersion().Matches(RuleCompletenessTests.Page("TC0008")).Select(static match =>
        {
            Assert.True(LanguageVersionFacts.TryParse(match.Groups[1].Value, out var version));
            return version;
        });

        Assert.Equal([true, false], versions.Select(static version => Run(version).Diagnostics.Any(static diagnostic => diagnostic.Id == "TC0008")));
    }

    private static GeneratorRun Run(LanguageVersion version)
    {
        var compilation = Create(Microsoft.CodeAnalysis.NullableContextOptions.Disable);
        return GeneratorRun.Of(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Source, ParseOptions.WithLanguageVersion(version))));
    }

    [GeneratedRegex("<LangVersion>(.*?)</LangVersion>")]
    private static partial Regex LangVersion();
}
