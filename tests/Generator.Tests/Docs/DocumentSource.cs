using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Docs;

/// <summary>
/// Makes one program of the blocks of a page. Statements run one block after the other, and each block may declare names and types anew. Methods
/// without a body belong to the last interface, fields to the program. A block with usings is a whole file: it sees no other.
/// </summary>
internal sealed class DocumentSource
{
    // Those of the SDK.
    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    // Those of the SDK for a web project.
    private static readonly string[] WebUsings =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    // What an editor adds by itself.
    private static readonly string[] CommonUsings =
        ["System.Net", "MessagePack", "TypedCache", "TypedCache.Hashing", "TypedCache.Hosting", "TypedCache.Keys", "TypedCache.Values"];

    private readonly List<string> _usings = [.. ImplicitUsings, .. WebUsings, .. CommonUsings];
    private readonly StringBuilder _attributes = new();
    private readonly StringBuilder _statements = new("await Task.CompletedTask;\n");
    private readonly StringBuilder _ends = new();
    private readonly StringBuilder _interfaceMembers = new();
    private readonly Dictionary<string, string> _fields = [];
    private readonly Dictionary<string, string> _types = [];
    private string _interface = "IShopCache";

    private DocumentSource(IReadOnlyList<DocumentBlock> blocks)
    {
        foreach (var block in blocks)
        {
            Add(block, isLast: block == blocks[^1]);
        }
    }

    /// <summary>The files of a program of some blocks.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<DocumentBlock> blocks) => IsFile(blocks[^1])
        ? [string.Concat(ImplicitUsings.Select(static name => $"global using {name};\n")), $"#line {blocks[^1].Line} \"{blocks[^1].Page}\"\n{blocks[^1].Code}"]
        : [new DocumentSource(blocks).ToString()];

    public override string ToString() =>
        $"{string.Concat(_usings.Distinct().Select(static name => $"using {name};\n"))}{_attributes}{_statements}{_ends}{string.Concat(_types.Values)}"
        + $"partial class Program\n{{\n{string.Concat(_fields.Values)}}}\npublic partial interface {_interface}\n{{\n{_interfaceMembers}}}\n";

    private static bool IsFile(DocumentBlock block) => !block.IsPrelude && Parse(block).Usings.Any();

    private static CompilationUnitSyntax Parse(DocumentBlock block) =>
        (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(block.Code, TestCompilation.ParseOptions).GetRoot();

    private void Add(DocumentBlock block, bool isLast)
    {
        var unit = Parse(block);
        _usings.AddRange(unit.Usings.Select(static directive => directive.ToString()["using ".Length..^1]));
        foreach (var list in unit.AttributeLists)
        {
            _attributes.Append(AtItsLine(list, block));
        }

        // A function in the one before may declare the same names again.
        _statements.Append("await BlockAsync();\nasync Task BlockAsync()\n{\n");
        _ends.Append("}\n");
        foreach (var member in unit.Members)
        {
            Add(member, block, isLast);
        }
    }

    private void Add(MemberDeclarationSyntax member, DocumentBlock block, bool isLast)
    {
        var text = AtItsLine(member, block);
        switch (member)
        {
            case GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax { Body: null, ExpressionBody: null } } or MethodDeclarationSyntax { Body: null, ExpressionBody: null }:
                _interfaceMembers.Append(isLast ? text : "");
                break;
            case GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax { Modifiers.Count: > 0 } local } when !local.IsConst:
                _fields[local.Declaration.Variables[0].Identifier.Text] = text;
                break;
            case FieldDeclarationSyntax field:
                _fields[field.Declaration.Variables[0].Identifier.Text] = text;
                break;
            case GlobalStatementSyntax:
                _statements.Append(text);
                break;
            case BaseTypeDeclarationSyntax type:
                _types[type.Identifier.Text] = text;
                _interface = type is InterfaceDeclarationSyntax && type.Modifiers.Any(SyntaxKind.PartialKeyword) ? type.Identifier.Text : _interface;
                break;
            case BaseNamespaceDeclarationSyntax @namespace:
                _types[@namespace.Name.ToString()] = text;
                break;
            default:
                throw new NotSupportedException($"{block.Page}({block.Line}): a block declares a {member.Kind()}, which this test cannot place.");
        }
    }

    private static string AtItsLine(SyntaxNode node, DocumentBlock block)
    {
        var line = node.GetLocation().GetLineSpan().StartLinePosition.Line + block.Line;
        return $"#line {line} \"{block.Page}\"\n{node.ToString()}\n#line default\n";
    }
}
