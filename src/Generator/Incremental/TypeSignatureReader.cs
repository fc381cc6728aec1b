using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedCache.Generator.Incremental;

/// <summary>Reads the declaration of a type without the bodies of its members, and without values that no other declaration sees.</summary>
internal sealed class TypeSignatureReader(SignatureWriter writer, string space, Digest declaredNames, NullableState nullable)
{
    // An accessor that uses it gives the property a field.
    private const string BackingField = "field";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<ClientCandidate> _candidates = [];
    private Digest _declaredNames = declaredNames;
    private NullableState _nullable = nullable;
    private int _start;

    /// <summary>The names of the type and of those in it.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>The interfaces with attributes.</summary>
    public IReadOnlyList<ClientCandidate> Candidates => _candidates;

    /// <summary>The names of all types of the file up to the end of this one.</summary>
    public Digest DeclaredNames => _declaredNames;

    /// <summary>The state behind the type.</summary>
    public NullableState Nullable => _nullable;

    public void Read(MemberDeclarationSyntax type)
    {
        _start = type.SpanStart;
        ReadMember(type, space);
    }

    private void ReadMember(SyntaxNode member, string container)
    {
        switch (member)
        {
            case BaseTypeDeclarationSyntax type:
                ReadType(type, container);
                break;
            case DelegateDeclarationSyntax type:
                Declare(type.Identifier, type.Modifiers, type.TypeParameterList, type.Kind(), container);
                writer.WriteAll(type, ref _nullable);
                break;
            case BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax:
                ReadParts(member, isConstant: member is BaseFieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword));
                break;
            default:
                writer.WriteAll(member, ref _nullable);
                break;
        }
    }

    private void ReadType(BaseTypeDeclarationSyntax type, string container)
    {
        Declare(type.Identifier, type.Modifiers, (type as TypeDeclarationSyntax)?.TypeParameterList, type.Kind(), container);
        if (type is InterfaceDeclarationSyntax { AttributeLists.Count: > 0 } candidate)
        {
            _candidates.Add(ClientCandidate.Of(candidate, _start));
        }

        var inner = $"{container}{type.Identifier.ValueText}.";
        writer.Write(type.Kind());
        foreach (var child in type.ChildNodesAndTokens())
        {
            if (child.AsNode() is { } node)
            {
                ReadMember(node, inner);
            }
            else
            {
                writer.Write(child.AsToken(), ref _nullable);
            }
        }

        writer.Write(SyntaxKind.None);
    }

    private void ReadParts(SyntaxNode part, bool isConstant)
    {
        writer.Write(part.Kind());
        foreach (var child in part.ChildNodesAndTokens())
        {
            switch (child.AsNode())
            {
                case null:
                    writer.Write(child.AsToken(), ref _nullable);
                    break;
                case BlockSyntax or ArrowExpressionClauseSyntax or ConstructorInitializerSyntax:
                    LeaveOut(child.AsNode()!);
                    break;
                case EqualsValueClauseSyntax value when !isConstant:
                    LeaveOut(value);
                    break;
                case AccessorListSyntax or AccessorDeclarationSyntax or VariableDeclarationSyntax or VariableDeclaratorSyntax:
                    ReadParts(child.AsNode()!, isConstant);
                    break;
                case { } other:
                    writer.WriteAll(other, ref _nullable);
                    break;
            }
        }
    }

    // That there is a body is visible, as in an interface; and so is which parameters of a primary constructor it makes fields of.
    private void LeaveOut(SyntaxNode body)
    {
        writer.Write(body.Kind());
        if (body.Parent is AccessorDeclarationSyntax or PropertyDeclarationSyntax && body.DescendantTokens().Any(static token => token.Text == BackingField))
        {
            writer.Write(BackingField);
        }

        foreach (var name in CapturedParameters.In(body))
        {
            writer.Write(name);
        }

        _nullable.ReadAll(body);
    }

    private void Declare(SyntaxToken name, SyntaxTokenList modifiers, TypeParameterListSyntax? parameters, SyntaxKind kind, string container)
    {
        _names.Add(name.ValueText);
        _declaredNames.Add(container);
        _declaredNames.Add(name.ValueText);
        _declaredNames.Add((ulong)kind);
        _declaredNames.Add((ulong)(parameters?.Parameters.Count ?? 0));
        foreach (var modifier in modifiers)
        {
            _declaredNames.Add((ulong)modifier.RawKind);
        }
    }
}
