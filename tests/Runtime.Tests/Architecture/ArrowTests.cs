using System.Text.RegularExpressions;

namespace TypedCache.Tests.Architecture;

public partial class ArrowTests
{
    private static readonly List<SourceFile> Runtime = SourceFile.ReadAll(Path.Combine(FindRoot(), "src", "Runtime"));

    [Fact]
    public void No_folder_uses_what_does_not_lie_below_it()
    {
        var found = Arrows.FindBackward(Runtime);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    // The picture leaves out arrows to what can be reached by others.
    [Fact]
    public void The_picture_in_the_documentation_shows_these_arrows()
    {
        var drawn = DrawnArrow().Matches(File.ReadAllText(Path.Combine(FindRoot(), "docs", "architecture.md")))
            .Select(match => (From: match.Groups["from"].Value, To: match.Groups["to"].Value)).ToList();

        Assert.Subset(Arrows.All.ToHashSet(), drawn.ToHashSet());
        Assert.All(Arrows.All, arrow => Assert.True(Reaches(drawn, arrow.From, arrow.To), $"The picture has no way from {arrow.From} to {arrow.To}."));
    }

    // Where nothing was read, nothing would be found.
    [Fact]
    public void The_sources_and_their_types_are_read()
    {
        Assert.Contains(Runtime, file => file.Types.Contains("ServerLink"));
        Assert.All(Runtime.Where(file => file.Types.Contains("ServerLink")), file => Assert.Equal("Transport", file.Folder));
        Assert.Equal("Keys", Assert.Single(Runtime, file => file.Types.Contains("CacheKeyWriter")).Folder);
        Assert.All(Runtime.Where(file => file.Types.Contains("MemcachedPool")), file => Assert.Equal(SourceFile.Facade, file.Folder));
        Assert.Contains(Runtime, file => file.Types.Contains("BatchKey"));
        Assert.Contains(Runtime, file => file.Types.Contains("ServerState"));
        Assert.All(Runtime, file => Assert.NotEmpty(file.Types));
    }

    [Theory]
    [InlineData("class A { ServerLink _link; }")]
    [InlineData("class A : ServerLink { }")]
    [InlineData("class A { object M() => new ServerLink(); }")]
    [InlineData("class A { List<ServerLink> _links = []; }")]
    [InlineData("class A { bool M(object o) => o is ServerLink; }")]
    [InlineData("class A { string M() => $\"text {nameof(ServerLink)}\"; }")]
    [InlineData("class A { string M() => $\"{1:0} {(M() is \"}\" ? nameof(ServerLink) : \"\")}\"; }")]
    [InlineData("class A { int M() => ServerLink.Count; }")]
    [InlineData("class A { int M() => Transport.ServerLink.Count; }")]
    [InlineData("class A { const string Text = \"//\"; ServerLink _link; }")]
    [InlineData("class A { const char Quote = '\"'; ServerLink _link; }")]
    [InlineData("class A { ServerLink? Find(ServerLink a, ref ServerLink b) => a; }")]
    public void A_type_which_lies_above_is_found(string code)
    {
        var found = Assert.Single(Find(code).Select(message => message.Split(',')[0]).Distinct());
        Assert.Equal("src/Runtime/Protocol/A.cs:3: ServerLink", found);
    }

    [Fact]
    public void A_namespace_which_lies_above_is_found()
    {
        var found = Assert.Single(Arrows.FindBackward([new SourceFile("Protocol/A.cs", "using System;\nusing TypedCache.Transport;\nnamespace TypedCache.Protocol;\nclass A;")]));
        Assert.Equal("src/Runtime/Protocol/A.cs:2: TypedCache.Transport, against the arrow Protocol -> Transport. Protocol may use: Errors, Telemetry, Keys, Values.", found);
    }

    [Theory]
    [InlineData("// ServerLink\nclass A;")]
    [InlineData("/* ServerLink */ class A;")]
    [InlineData("/// <see cref=\"ServerLink\"/>\nclass A;")]
    [InlineData("class A { const string Text = \"\\\"ServerLink\"; }")]
    [InlineData("class A { const string Text = @\"\"\"ServerLink\"; }")]
    [InlineData("class A { const string Text = \"\"\"a \" ServerLink\"\"\"; }")]
    [InlineData("class A { string M() => $\"{{ServerLink}} {1}\"; }")]
    [InlineData("class A { int ServerLink { get; init; } A M() => new() { ServerLink = this.ServerLink }; }")]
    [InlineData("class A { List<int> ServerLink() => []; }")]
    [InlineData("class A { class ServerLinks; ServerLinks? _links; }")]
    [InlineData("enum A\n{\n    ServerLink,\n    Other,\n}")]
    public void What_is_no_use_of_a_type_does_not_count(string code) => Assert.Empty(Find(code));

    [Fact]
    public void Where_only_some_types_may_be_used_the_others_are_found()
    {
        List<SourceFile> files =
        [
            new("Transport/ByteChannel.cs", "namespace TypedCache.Transport;\ninternal abstract class ByteChannel;"),
            new("Transport/ServerLink.cs", "namespace TypedCache.Transport;\ninternal sealed class ServerLink;"),
            new("Embedded/A.cs", "using TypedCache.Transport;\nnamespace TypedCache.Embedded;\nclass A : ByteChannel;"),
            new("Embedded/B.cs", "using TypedCache.Transport;\nnamespace TypedCache.Embedded;\nclass B(ServerLink link);"),
        ];
        Assert.StartsWith("src/Runtime/Embedded/B.cs:3: ServerLink", Assert.Single(Arrows.FindBackward(files)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_arrows_and_a_file_in_a_foreign_namespace_are_found()
    {
        Assert.Contains("Telepathy", Assert.Single(Arrows.FindBackward([new SourceFile("Telepathy/A.cs", "namespace TypedCache.Telepathy;\nclass A;")])), StringComparison.Ordinal);
        Assert.Contains("namespace", Arrows.FindBackward([new SourceFile("Keys/A.cs", "namespace TypedCache.Transport;\nclass A;")])[0], StringComparison.Ordinal);
    }

    private static List<string> Find(string code) => Arrows.FindBackward(
    [
        new SourceFile("Protocol/A.cs", $"\nnamespace TypedCache.Protocol;\n{code}"),
        new SourceFile("Transport/ServerLink.cs", "namespace TypedCache.Transport;\ninternal sealed partial class ServerLink { }"),
        new SourceFile("Transport/ServerLink.Rest.cs", "namespace TypedCache.Transport;\ninternal sealed partial class ServerLink { class Part; }"),
    ]);

    private static bool Reaches(List<(string From, string To)> arrows, string from, string to) =>
        arrows.Exists(arrow => arrow.From == from && (arrow.To == to || Reaches(arrows, arrow.To, to)));

    internal static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TypedCache.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has TypedCache.sln.");
        }

        return folder;
    }

    [GeneratedRegex(@"^ *(?<from>\w+)(?:\[[^\]]*\])? --> (?<to>\w+)", RegexOptions.Multiline)]
    private static partial Regex DrawnArrow();
}
