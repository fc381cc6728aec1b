using System.Text.RegularExpressions;
using TypedCache.Generator.Tests.Rules;

namespace TypedCache.Generator.Tests.Docs;

/// <summary>Links of pages lead somewhere, and projects that commands name are there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. DocumentPages.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files_and_headings(string page) =>
        Assert.All(Link().Matches(RuleCompletenessTests.Read(page)).Select(static link => link.Groups["target"].Value), target => AssertThere(page, target));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_name_projects_that_there_are(string page) => Assert.All(
        DocumentPages.Blocks(page, "").SelectMany(static block => Project().Matches(block.Code)).Select(static match => match.Groups["path"].Value),
        static path => Assert.True(Directory.Exists(Path.Combine(RuleCompletenessTests.Root, path)), path));

    [Fact]
    public void The_index_has_every_page()
    {
        var index = RuleCompletenessTests.Read("docs/README.md");

        Assert.All(
            DocumentPages.All.Where(static page => page.StartsWith("docs/", StringComparison.Ordinal) && page != "docs/README.md"),
            page => Assert.Contains($"({page["docs/".Length..]})", index, StringComparison.Ordinal));
    }

    private static void AssertThere(string page, string target)
    {
        var (path, heading) = (target.Split('#')[0], target.Contains('#', StringComparison.Ordinal) ? target.Split('#')[1] : "");
        var file = path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, path);
        var full = Path.Combine(RuleCompletenessTests.Root, file);
        Assert.True(File.Exists(full) || Directory.Exists(full), $"{page}: {target}");
        if (heading.Length > 0 && file.EndsWith(".md", StringComparison.Ordinal))
        {
            Assert.True(Headings(File.ReadAllText(full)).Contains(heading), $"{page}: {target}");
        }
    }

    // As GitHub makes them.
    private static IEnumerable<string> Headings(string text) => Heading().Matches(text)
        .Select(static heading => NoLetter().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"--project (?<path>[\w./]+)")]
    private static partial Regex Project();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoLetter();
}
