using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Incremental;

/// <summary>The signatures of all files of a project. It tells what a type of the project can depend on.</summary>
internal sealed class ProjectSignature
{
    private static readonly ConditionalWeakTable<Compilation, ProjectSignature> ByCompilation = new();

    private readonly Dictionary<SyntaxTree, int> _positions = [];
    private readonly TreeSignature[] _trees;
    private readonly HashSet<string> _globalAliases;
    private readonly Lazy<TypeGraph> _graph;

    private ProjectSignature(Compilation compilation, CancellationToken cancellation)
    {
        var trees = compilation.SyntaxTrees.ToArray();
        for (var i = 0; i < trees.Length; i++)
        {
            _positions[trees[i]] = i;
        }

        _trees = Array.ConvertAll(trees, tree => TreeSignature.Of(tree, cancellation));
        _globalAliases = new HashSet<string>(_trees.SelectMany(static tree => tree.GlobalAliases), StringComparer.Ordinal);
        Context = DigestContext(compilation, cancellation);
        Content = DigestContent();
        _graph = new Lazy<TypeGraph>(() => new TypeGraph(_trees));
    }

    /// <summary>The digest of all that has a meaning outside its file, and of the references and options.</summary>
    public ulong Content { get; }

    /// <summary>The digest of what each type depends on: the names of all types, global usings, attributes of the assembly, references, options.</summary>
    private ulong Context { get; }

    public static ProjectSignature Of(Compilation compilation, CancellationToken cancellation) =>
        ByCompilation.TryGetValue(compilation, out var known)
            ? known
            : ByCompilation.GetValue(compilation, key => new ProjectSignature(key, cancellation));

    /// <summary>Whether a file is part of the project.</summary>
    public bool Contains(SyntaxTree tree) => _positions.ContainsKey(tree);

    /// <summary>Whether a name in a file can be another one's, by an alias.</summary>
    public bool IsAlias(SyntaxTree tree, string name) =>
        _globalAliases.Contains(name) || _trees[_positions[tree]].Aliases.Contains(name);

    /// <summary>The digest of all that the meaning of a type can depend on.</summary>
    /// <param name="tree">The file of the type.</param>
    /// <param name="start">Where in the file the outermost type around it begins.</param>
    public ulong DependenciesOf(SyntaxTree tree, int start) => Dependencies(_graph.Value.Reach(_positions[tree], start));

    /// <summary>The digest of all that the meaning of a file's types and attributes can depend on.</summary>
    public ulong DependenciesOf(SyntaxTree tree) => Dependencies(_graph.Value.Reach(_positions[tree]));

    private ulong Dependencies(IEnumerable<DeclaredType> types)
    {
        var dependencies = new Digest();
        dependencies.Add(Context);
        foreach (var type in types)
        {
            dependencies.Add(type.Content);
        }

        return dependencies.Value;
    }

    private ulong DigestContent()
    {
        var content = new Digest();
        content.Add(Context);
        foreach (var tree in _trees)
        {
            content.Add(tree.Content);
        }

        return content.Value;
    }

    private ulong DigestContext(Compilation compilation, CancellationToken cancellation)
    {
        var context = new Digest();
        context.Add(compilation.AssemblyName ?? "");
        context.Add(ObjectNumbers.Of(compilation.Options));
        foreach (var reference in compilation.References)
        {
            context.Add(DigestReference(reference, cancellation));
        }

        foreach (var tree in _trees)
        {
            context.Add(tree.DeclaredNames);
            context.Add(tree.Shared);
        }

        return context.Value;
    }

    // An editor refers to the other projects of a solution by compilations, which are new with each keystroke in those.
    private static ulong DigestReference(MetadataReference reference, CancellationToken cancellation)
    {
        if (reference is not CompilationReference { Compilation: { Language: LanguageNames.CSharp } project })
        {
            return ObjectNumbers.Of(reference is CompilationReference other ? other.Compilation : reference);
        }

        var digest = new Digest();
        digest.Add(Of(project, cancellation).Content);
        digest.Add(string.Join(",", reference.Properties.Aliases));
        digest.Add(reference.Properties.EmbedInteropTypes ? 1UL : 0);
        return digest.Value;
    }
}
