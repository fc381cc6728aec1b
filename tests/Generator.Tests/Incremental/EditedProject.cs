using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Incremental;

/// <summary>A project whose files are edited one after the other. The trees of all other files stay, as they do in an editor.</summary>
internal sealed class EditedProject
{
    private readonly CSharpCompilation _empty = TestCompilation.Create();
    private CSharpCompilation _compilation;
    private CSharpParseOptions _options = TestCompilation.ParseOptions;

    public EditedProject(IReadOnlyDictionary<string, string> files)
    {
        _compilation = _empty.AddSyntaxTrees(files.Select(file => Parse(file.Key, file.Value, _options)));
    }

    public Compilation Compilation => _compilation;

    public CSharpParseOptions ParseOptions => _options;

    public IReadOnlyList<string> Paths => [.. _compilation.SyntaxTrees.Select(static tree => tree.FilePath)];

    public string this[string path] => Tree(path)!.ToString();

    /// <summary>Adds a file, or gives it another text.</summary>
    public void Write(string path, string text)
    {
        var tree = Parse(path, text, _options);
        _compilation = Tree(path) is { } old ? _compilation.ReplaceSyntaxTree(old, tree) : _compilation.AddSyntaxTrees(tree);
    }

    public void Remove(string path)
    {
        if (Tree(path) is { } tree)
        {
            _compilation = _compilation.RemoveSyntaxTrees(tree);
        }
    }

    public void Change(Func<CSharpCompilation, CSharpCompilation> change) => _compilation = change(_compilation);

    /// <summary>Reads all files by the rules of another version of C#.</summary>
    public void ChangeLanguage(LanguageVersion version)
    {
        _options = _options.WithLanguageVersion(version);
        _compilation = (CSharpCompilation)Reopen();
    }

    /// <summary>The same project, of which nothing was ever read.</summary>
    public Compilation Reopen() => _compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(
        _compilation.SyntaxTrees.Select(tree => Parse(tree.FilePath, tree.ToString(), _options)));

    private static SyntaxTree Parse(string path, string text, CSharpParseOptions options) => CSharpSyntaxTree.ParseText(text, options, path);

    private SyntaxTree? Tree(string path) => _compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == path);
}
