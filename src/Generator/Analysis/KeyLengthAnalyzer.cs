using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Parsing.Clients;

namespace TypedCache.Generator.Analysis;

/// <summary>
/// Tells of keys whose length has no bound. Most projects leave many of them as they are, and for each message of a generator the compiler
/// binds attributes again with each keystroke, to see whether one suppresses it; of an analyzer's messages only for what is on the screen.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyLengthAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.LengthUnbounded];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.InterfaceDeclaration);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var syntax = (InterfaceDeclarationSyntax)context.Node;
        if (syntax.AttributeLists.Count == 0)
        {
            return;
        }

        foreach (var finding in ClientParser.FindUnboundedKeys(syntax, context.SemanticModel, context.CancellationToken))
        {
            // The source of another project of the solution is known, too, but nothing can be reported there.
            var isWithin = finding.Location.SourceTree is not { } tree || context.Compilation.ContainsSyntaxTree(tree);
            context.ReportDiagnostic((isWithin ? finding : finding with { Location = syntax.Identifier.GetLocation() }).ToDiagnostic());
        }
    }
}
