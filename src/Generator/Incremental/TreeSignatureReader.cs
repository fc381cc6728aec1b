using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedCache.Generator.Incremental;

/// <summary>
/// Reads what other files can see of a file. It leaves out only what is known to have no meaning elsewhere, so that a syntax it does not
/// know counts as a whole.
/// </summary>
internal sealed class TreeSignatureReader(SyntaxTree tree, CancellationToken cancellation)
{
    // A file with top-level statements declares this class.
    private const string ProgramClass = "Program";

    private readonly SignatureWriter _file = new();
    private readonly SignatureWriter _shared = new();
    private readonly List<ClientCandidate> _candidates = [];
    private readonly List<string> _aliases = [];
    private readonly List<string> _globalAliases = [];
    private readonly List<(int Start, SignatureWriter Writer, IReadOnlyCollection<string> Names, bool IsFramework)> _types = [];
    private Digest _names;
    private NullableState _nullable;
    private bool _isProgram;

    public TreeSignature Read()
    {
        var root = tree.GetRoot(cancellation);
        WriteFile(root);
        ReadContainer(root, space: "");
        if (_isProgram)
        {
            _names.Add(ProgramClass);
        }

        var types = _types.ConvertAll(CreateType);
        var content = new Digest();
        content.Add(_file.Content);
        content.Add(_shared.Content);
        content.Add(_names.Value);
        types.ForEach(type => content.Add(type.Content));
        return new TreeSignature
        {
            Content = content.Value,
            DeclaredNames = _names.Value,
            Shared = _shared.Content,
            SharedMentions = _shared.Mentions,
            Types = types,
            Aliases = _aliases,
            GlobalAliases = _globalAliases,
            Candidates = _candidates,
            Attributes = new HashSet<string>(
                _types.SelectMany(static type => type.Writer.Attributes).Concat(_shared.Attributes).Concat(_file.Attributes), StringComparer.Ordinal),
        };
    }

    private DeclaredType CreateType((int Start, SignatureWriter Writer, IReadOnlyCollection<string> Names, bool IsFramework) type)
    {
        var content = new Digest();
        content.Add(_file.Content);
        content.Add(type.Writer.Content);
        return new DeclaredType(type.Start, type.Names, [.. type.Writer.Mentions.Union(_file.Mentions)], content.Value, type.IsFramework);
    }

    // The language version gives words their meaning; path and first comment say whether a file is generated, which turns annotations off.
    private void WriteFile(SyntaxNode root)
    {
        var options = (CSharpParseOptions)tree.Options;
        _file.Write(options.LanguageVersion.ToString());
        _file.Write(string.Join(";", options.Features.Select(static feature => $"{feature.Key}={feature.Value}")));
        _file.Write(tree.FilePath);
        if (root.HasLeadingTrivia && root.GetLeadingTrivia().ToString() is var comment && comment.IndexOf("auto", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            _file.Write(comment);
        }
    }

    private void ReadContainer(SyntaxNode container, string space)
    {
        foreach (var child in container.ChildNodesAndTokens())
        {
            cancellation.ThrowIfCancellationRequested();
            switch (child.AsNode())
            {
                case null:
                    _file.Write(child.AsToken(), ref _nullable);
                    break;
                case BaseNamespaceDeclarationSyntax inner:
                    ReadNamespace(inner, space);
                    break;
                case UsingDirectiveSyntax directive:
                    ReadUsing(directive);
                    break;
                case AttributeListSyntax attributes when container is CompilationUnitSyntax:
                    WriteShared(attributes);
                    break;
                case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
                    ReadType((MemberDeclarationSyntax)child.AsNode()!, space);
                    break;
                case GlobalStatementSyntax statement:
                    _isProgram = true;
                    _nullable.ReadAll(statement);
                    break;
                case { } other:
                    _file.WriteAll(other, ref _nullable);
                    break;
            }
        }
    }

    private void ReadNamespace(BaseNamespaceDeclarationSyntax declaration, string space)
    {
        var name = space + declaration.Name + ".";
        _names.Add(name);
        _file.Write(declaration.Kind());
        ReadContainer(declaration, name);
        _file.Write(SyntaxKind.None);
    }

    private void ReadUsing(UsingDirectiveSyntax directive)
    {
        var isGlobal = !directive.GlobalKeyword.IsKind(SyntaxKind.None);
        if (directive.Alias is { } alias)
        {
            (isGlobal ? _globalAliases : _aliases).Add(alias.Name.Identifier.ValueText);
        }

        if (isGlobal)
        {
            WriteShared(directive);
        }
        else
        {
            _file.WriteAll(directive, ref _nullable);
        }
    }

    // The attributes of the assembly mean what the usings of their file say.
    private void WriteShared(SyntaxNode node)
    {
        _shared.WriteAll(node, ref _nullable);
        if (node is AttributeListSyntax { Parent: CompilationUnitSyntax unit })
        {
            foreach (var directive in unit.Externs.Concat<SyntaxNode>(unit.Usings))
            {
                _shared.WriteAll(directive, ref _nullable);
            }
        }
    }

    private void ReadType(MemberDeclarationSyntax declaration, string space)
    {
        var writer = new SignatureWriter();
        writer.Write(space);
        writer.Write(_nullable);
        var reader = new TypeSignatureReader(writer, space, _names, _nullable);
        reader.Read(declaration);
        (_names, _nullable) = (reader.DeclaredNames, reader.Nullable);
        _candidates.AddRange(reader.Candidates);
        _types.Add((declaration.SpanStart, writer, reader.Names, FrameworkNamespaces.Include(space)));
    }
}
