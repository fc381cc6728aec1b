using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Codecs;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Incremental;

/// <summary>
/// Finds what is wrong with the <c>[CacheCodec]</c>s of a project, and keeps what it found in a file as long as that file and all that the
/// attributes' meaning can depend on stay the same.
/// </summary>
internal static class CodecAttributeReader
{
    private const string AttributeName = "CacheCodec";

    private static readonly ConditionalWeakTable<SyntaxTree, KnownFindings> ByTree = new();

    /// <summary>The mistakes, in the order of their files.</summary>
    public static EquatableArray<Finding> Read(Compilation compilation, CancellationToken cancellation)
    {
        var project = ProjectSignature.Of(compilation, cancellation);
        var findings = new List<Finding>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (TreeSignature.Of(tree, cancellation).Attributes.Any(name => AttributeNames.CanMean(name, AttributeName, tree, project)))
            {
                findings.AddRange(ReadTree(tree, compilation, project, cancellation));
            }
        }

        return new EquatableArray<Finding>(findings);
    }

    private static EquatableArray<Finding> ReadTree(SyntaxTree tree, Compilation compilation, ProjectSignature project, CancellationToken cancellation)
    {
        var known = ByTree.GetOrCreateValue(tree);
        lock (known)
        {
            if (known.Content == project.Content)
            {
                return known.Findings;
            }

            var dependencies = project.DependenciesOf(tree);
            if (known.Content is null || known.Dependencies != dependencies)
            {
                known.Findings = Check(tree, compilation, project, cancellation);
            }

            (known.Content, known.Dependencies) = (project.Content, dependencies);
            return known.Findings;
        }
    }

    private static EquatableArray<Finding> Check(SyntaxTree tree, Compilation compilation, ProjectSignature project, CancellationToken cancellation)
    {
        var model = compilation.GetSemanticModel(tree);
        var types = KnownTypes.Of(compilation);
        var targets = tree.GetRoot(cancellation).DescendantNodes()
            .OfType<AttributeSyntax>()
            .Where(attribute => AttributeNames.CanMean(AttributeNames.LastOf(attribute), AttributeName, tree, project))
            .Select(static attribute => attribute.Parent!.Parent!)
            .Distinct();
        var findings = new List<Finding>();
        foreach (var target in targets)
        {
            cancellation.ThrowIfCancellationRequested();
            if ((target is CompilationUnitSyntax ? compilation.Assembly : model.GetDeclaredSymbol(target, cancellation)) is { } symbol)
            {
                findings.AddRange(CodecAttributeChecks.Check(symbol, AttributesAt(target, symbol, types), compilation));
            }
        }

        return new EquatableArray<Finding>(findings);
    }

    // A symbol can have others, at another of its parts or files.
    private static IReadOnlyList<AttributeData> AttributesAt(SyntaxNode target, ISymbol symbol, KnownTypes types) =>
    [
        .. symbol.GetAttributes().Where(attribute => types.IsCodecAttribute(attribute.AttributeClass)
            && attribute.ApplicationSyntaxReference is { } place && place.SyntaxTree == target.SyntaxTree && target.Span.Contains(place.Span)),
    ];

    private sealed class KnownFindings
    {
        public ulong? Content { get; set; }

        public ulong Dependencies { get; set; }

        public EquatableArray<Finding> Findings { get; set; }
    }
}
