using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

/// <summary>No rule is without a page, a release row and tests; and what the pages show is so.</summary>
public sealed partial class RuleCompletenessTests
{
    internal static readonly string Root = FindRoot();

    private static readonly IReadOnlyList<DiagnosticDescriptor> Descriptors =
    [
        .. typeof(CacheClientGenerator).Assembly.GetType("TypedCache.Generator.Diagnostics.Rules")!
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>(),
    ];

    public static TheoryData<string> Ids => [.. Descriptors.Select(static rule => rule.Id)];

    // TC0008 is about the project; LanguageRuleTests tries what its page shows.
    public static TheoryData<string> IdsOfCode => [.. Descriptors.Select(static rule => rule.Id).Where(static id => id != "TC0008" && !IsOfContract(id))];

    public static TheoryData<string> IdsOfContract => [.. Descriptors.Select(static rule => rule.Id).Where(static id => IsOfContract(id) && id != "TC0605")];

    [Fact]
    public void Ids_are_unique() => Assert.Equal(Descriptors.Count, Descriptors.Select(static rule => rule.Id).Distinct().Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_tests_for_the_mistake_and_its_neighbour(string id)
    {
        var tests = typeof(RuleCompletenessTests).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(RuleTest)))
            .SelectMany(static type => type.GetMethods())
            .Where(method => method.Name.StartsWith(id, StringComparison.Ordinal))
            .ToList();

        Assert.Contains(tests, static test => !IsNeighbour(test));
        Assert.Contains(tests, IsNeighbour);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_help_link_to_its_page_and_a_row(string id)
    {
        var rule = Rule(id);
        var severity = rule.DefaultSeverity.ToString();

        Assert.True(File.Exists(Path.Combine(Root, rule.HelpLinkUri)), rule.HelpLinkUri);
        Assert.StartsWith($"# {id}: {rule.Title}\n\nSeverity: {severity.ToLowerInvariant()}\n", Page(id), StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {severity.ToLowerInvariant()} | {rule.Title} |", Read("docs/diagnostics/README.md"), StringComparison.Ordinal);
        Assert.Contains(
            $"{id} | {rule.Category} | {severity} |",
            Read("src/Generator/Diagnostics/AnalyzerReleases.Shipped.md") + Read("src/Generator/Diagnostics/AnalyzerReleases.Unshipped.md"),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(IdsOfCode))]
    public void The_page_shows_the_mistake_and_the_fix(string id)
    {
        var examples = Example().Matches(Page(id)).Select(static match => match.Groups[1].Value).ToList();

        Assert.Equal(2, examples.Count);
        Assert.Equal([id], Reported(id, examples[0]).Select(static diagnostic => diagnostic.Id).Distinct());
        Assert.Empty(Reported(id, examples[1]));
        GeneratorRun.Of(Complete(examples[1])).AssertCompiles();
    }

    [Theory]
    [MemberData(nameof(IdsOfContract))]
    public void The_page_shows_what_was_checked_in_the_mistake_and_the_fix(string id)
    {
        var examples = Example().Matches(Page(id)).Select(static match => Complete(match.Groups[1].Value)).ToList();

        Assert.Equal(3, examples.Count);
        Assert.Contains(id, ReportedAgainst(examples[0], id, examples[1]));
        Assert.DoesNotContain(id, ReportedAgainst(examples[0], id, examples[2]));
        GeneratorRun.Of(examples[1]).AssertCompiles();
        GeneratorRun.Of(examples[2]).AssertCompiles();
    }

    private static IEnumerable<string> ReportedAgainst(string before, string id, string after) =>
        GeneratorRun.Against(Loud(Create(after), id), GeneratorRun.Of(before).Contract).Diagnostics.Select(static diagnostic => diagnostic.Id);

    private static bool IsOfContract(string id) => id.StartsWith("TC06", StringComparison.Ordinal);

    // The rule itself, and all which ask to be fixed.
    private static IEnumerable<Diagnostic> Reported(string id, string example) =>
        GeneratorRun.Of(Loud(Create(Complete(example)), id)).Diagnostics
            .Where(diagnostic => diagnostic.Id == id || diagnostic.Severity >= DiagnosticSeverity.Warning);

    // TC0103_not_for_..., and not TC0001_interface_not_partial.
    private static bool IsNeighbour(MethodInfo test) => test.Name.AsSpan("TC0000".Length).StartsWith("_not_", StringComparison.Ordinal);

    private static DiagnosticDescriptor Rule(string id) => Descriptors.Single(rule => rule.Id == id);

    private static string Complete(string example) => example.Contains("interface", StringComparison.Ordinal)
        ? $"using System; using System.Threading; using System.Threading.Tasks; using MessagePack; using TypedCache;\n{example}"
        : Client(example);

    internal static string Page(string id) => Read($"docs/diagnostics/{id}.md");

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot([CallerFilePath] string file = "")
    {
        var folder = Path.GetDirectoryName(file);
        while (!File.Exists(Path.Combine(folder!, "TypedCache.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
