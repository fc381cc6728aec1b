using System.Text.RegularExpressions;

namespace TypedCache.Tests.Architecture;

/// <summary>One source file of the runtime.</summary>
/// <param name="path">Its path below <c>src/Runtime</c>, with slashes.</param>
/// <param name="text">What it contains.</param>
internal sealed partial class SourceFile(string path, string text)
{
    /// <summary>The name under which the files at the root are known: those of the facade.</summary>
    public const string Facade = "MemcachedPool";

    public string Path => path;

    /// <summary>The folder it belongs to: the first one of its path.</summary>
    public string Folder { get; } = path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : Facade;

    /// <summary>Its code, where comments and the text of strings are blank.</summary>
    public string Code { get; } = new CodeText(text).Strip();

    /// <summary>The types it declares, without those nested in others.</summary>
    public IEnumerable<string> Types => Declaration().Matches(TopLevel()).Select(match => match.Groups["name"].Value);

    /// <summary>The namespace it declares.</summary>
    public string Namespace => NamespaceDeclaration().Match(Code).Groups["name"].Value;

    /// <summary>All files below a folder.</summary>
    public static List<SourceFile> ReadAll(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: System.IO.Path.GetRelativePath(root, file).Replace('\\', '/')))
            .Where(file => !file.Path.StartsWith("obj/", StringComparison.Ordinal) && !file.Path.StartsWith("bin/", StringComparison.Ordinal))
            .Select(file => new SourceFile(file.Path, File.ReadAllText(file.File))),
    ];

    public int LineOf(int position) => Code.AsSpan(0, position).Count('\n') + 1;

    // Blanks out what stands in braces.
    private string TopLevel()
    {
        var depth = 0;
        return string.Create(Code.Length, Code, (output, code) =>
        {
            for (var i = 0; i < code.Length; i++)
            {
                depth -= code[i] == '}' ? 1 : 0;
                output[i] = depth == 0 ? code[i] : ' ';
                depth += code[i] == '{' ? 1 : 0;
            }
        });
    }

    [GeneratedRegex(@"\b(?:(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+|delegate\s+(?:ref\s+)?[\w.<>,?\[\]() ]+?\s+)(?<name>[A-Za-z_]\w*)\s*(?=[<({:;\s])")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bnamespace\s+(?<name>[\w.]+)")]
    private static partial Regex NamespaceDeclaration();
}
