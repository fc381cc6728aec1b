using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TypedCache.Generator.Tests.Docs;

namespace TypedCache.Tool.Tests;

/// <summary>The commands that pages show are commands, with options that there are.</summary>
public sealed partial class DocumentedCommandsTests
{
    public static TheoryData<string> Commands => [.. Pages()
        .SelectMany(static page => DocumentBlock.Of(page, File.ReadAllText(page)))
        .SelectMany(static block => Command().Matches(block.Code))
        .Select(static command => command.Groups["arguments"].Value.Trim())
        .Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_documented_command_is_understood(string arguments)
    {
        using var text = new StringWriter();
        var root = new ToolCommand(ToolRun.CreateConsole(text, 80)).Create();

        Assert.Empty(root.Parse([.. CommandLineParser.SplitCommandLine(arguments.Replace('\'', '"').Replace(", ...", "", StringComparison.Ordinal))]).Errors);
    }

    [Fact]
    public void The_pages_have_commands() => Assert.InRange(Commands.Count, 20, 1000);

    private static IEnumerable<string> Pages()
    {
        var root = Root();
        return Directory.EnumerateFiles(root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md"))
            .Concat(Directory.EnumerateDirectories(Path.Combine(root, "src")).SelectMany(static project => Directory.EnumerateFiles(project, "README.md")));
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));

    // Up to a comment or another command. What stands for more servers is left out.
    [GeneratedRegex(@"^(\$ )?typedcache (?<arguments>([^#;""'\r\n]|""[^""]*""|'[^']*')*)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
