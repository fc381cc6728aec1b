using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Docs;

/// <summary>
/// A block of a page as a program. It sees what the blocks above it declare, as a reader does, unless it declares something of that name itself.
/// </summary>
internal static class DocumentCompilation
{
    // As a web project has them, and the product's.
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Net;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using TypedCache;
        using TypedCache.Hashing;
        using TypedCache.Hosting;
        using TypedCache.Keys;
        using TypedCache.Values;

        """;

    // What these tests run with: the product, its packages, and .NET with ASP.NET Core.
    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(static () =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).Contains(".Tests", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ]);

    // An example does not use all that it declares, and need not await.
    private static readonly string[] Quiet = ["CS0168", "CS0219", "CS1591", "CS1701", "CS1702", "CS1998", "CS8321", "TC0203"];

    /// <summary>What the compiler and the generator have to say against the last of some blocks.</summary>
    /// <param name="blocks">The blocks of a page up to the one in question.</param>
    public static IReadOnlyList<string> Check(IReadOnlyList<DocumentBlock> blocks)
    {
        var run = GeneratorRun.Of(Create(Source(blocks)));
        return
        [
            .. run.Problems.Concat(run.CompilerDiagnostics)
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !IsAbove(diagnostic, blocks[^1]))
                .Select(static diagnostic => diagnostic.ToString())
                .Distinct(),
        ];
    }

    private static bool IsAbove(Diagnostic diagnostic, DocumentBlock block)
    {
        var place = diagnostic.Location.GetMappedLineSpan();
        return place.Path == block.Page && place.StartLinePosition.Line + 1 < block.Line;
    }

    private static CSharpCompilation Create(string source) => CSharpCompilation.Create(
        "Page",
        [CSharpSyntaxTree.ParseText(source, TestCompilation.ParseOptions, path: "Page.cs")],
        References.Value,
        new CSharpCompilationOptions(
            OutputKind.ConsoleApplication,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: Quiet.Select(static id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))));

    private static string Source(IReadOnlyList<DocumentBlock> blocks)
    {
        var (usings, statements, ends) = (new StringBuilder(Usings), new StringBuilder("await Task.CompletedTask;\n"), new StringBuilder());
        var types = new Dictionary<string, string>();
        for (var i = 0; i < blocks.Count; i++)
        {
            var unit = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(blocks[i].Code, TestCompilation.ParseOptions).GetRoot();
            foreach (var directive in unit.Usings.Where(directive => !usings.ToString().Contains(directive.ToString(), StringComparison.Ordinal)))
            {
                usings.Append(directive.ToString()).Append('\n');
            }

            // A function in the one before may declare the same names again.
            statements.Append("await BlockAsync();\nasync Task BlockAsync()\n{\n");
            ends.Append("}\n");
            foreach (var member in unit.Members)
            {
                if (member is GlobalStatementSyntax)
                {
                    statements.Append(AtItsLine(member, blocks[i]));
                }
                else
                {
                    types[NameOf(member)] = AtItsLine(member, blocks[i]);
                }
            }
        }

        return $"{usings}{statements}{ends}{string.Concat(types.Values)}";
    }

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => throw new NotSupportedException($"A block declares a {member.Kind()}, which this test cannot place."),
    };

    private static string AtItsLine(MemberDeclarationSyntax member, DocumentBlock block)
    {
        var line = member.GetLocation().GetLineSpan().StartLinePosition.Line + block.Line;
        return $"#line {line} \"{block.Page}\"\n{member.ToString()}\n#line default\n";
    }
}
