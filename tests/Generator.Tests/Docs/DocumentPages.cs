using TypedCache.Generator.Tests.Rules;

namespace TypedCache.Generator.Tests.Docs;

/// <summary>The pages of the repository, but those of the rules, whose examples have tests of their own.</summary>
internal static class DocumentPages
{
    /// <summary>The pages, from the root of the repository.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(RuleCompletenessTests.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Folder("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateDirectories(Folder("src")).Select(static project => Path.Combine(project, "README.md")).Where(File.Exists))
            .Select(static path => Path.GetRelativePath(RuleCompletenessTests.Root, path).Replace('\\', '/'))
            .Where(static page => !page.StartsWith("docs/diagnostics/TC", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The blocks of a page in a language.</summary>
    public static IReadOnlyList<DocumentBlock> Blocks(string page, string language) =>
        [.. DocumentBlock.Of(page, RuleCompletenessTests.Read(page)).Where(block => block.Language == language)];

    /// <summary>
    /// What a page takes for granted, as a block in front of its first one: <c>docs/guide.md</c> has it in <c>Preludes/docs.guide.cs</c>.
    /// </summary>
    public static IEnumerable<DocumentBlock> Prelude(string page)
    {
        var path = $"tests/Generator.Tests/Docs/Preludes/{page.Replace('/', '.').Replace(".md", ".cs", StringComparison.Ordinal)}";
        return File.Exists(Folder(path)) ? [new DocumentBlock(path, 1, "csharp", RuleCompletenessTests.Read(path))] : [];
    }

    private static string Folder(string path) => Path.Combine(RuleCompletenessTests.Root, path);
}
