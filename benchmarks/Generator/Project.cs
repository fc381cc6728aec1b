using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Benchmarks;

/// <summary>A project with the files of a workload, and a last one that has nothing to do with them.</summary>
/// <param name="Workload">What is in the files.</param>
/// <param name="Files">How many there are.</param>
/// <param name="Members">How many members each has.</param>
internal sealed record Project(IWorkload Workload, int Files, int Members)
{
    private const string Word = "item0";

    private static readonly string[] Packages =
        ["netstandard", "MessagePack", "MessagePack.Annotations", "TypedCache", "Refit", "CommunityToolkit.Mvvm", "Microsoft.Extensions.Logging.Abstractions"];

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14);

    public CSharpCompilation Compile() => CSharpCompilation.Create(
        "Workload",
        [.. Enumerable.Range(0, Files).Select(index => Parse(File(index), index)), Parse(Unrelated(0, members: 1), Files)],
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The text of a file with members to be generated.</summary>
    public string File(int index, string word = Word) => Workload.File(index, Members, word);

    /// <summary>The text of the last file.</summary>
    /// <param name="body">A number that is in a method's body.</param>
    /// <param name="members">How many methods there are.</param>
    public static string Unrelated(int body, int members)
    {
        var text = new StringBuilder("namespace Workload; public static class Unrelated {");
        for (var i = 0; i < members; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $" public static int Answer{i}(int question) {{ return question + {body}; }}");
        }

        return text.Append(" }").ToString();
    }

    public static SyntaxTree Parse(string source, int index) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions, path: $"File{index.ToString(CultureInfo.InvariantCulture)}.cs", Encoding.UTF8);

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
            || Packages.Contains(Path.GetFileNameWithoutExtension(path)))
        .Select(static path => MetadataReference.CreateFromFile(path));
}
