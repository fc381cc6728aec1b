using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Emission;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing;

namespace TypedCache.Generator;

/// <summary>Implements each <c>partial interface</c> with <c>[CacheClient]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CacheClientGenerator : IIncrementalGenerator
{
    /// <summary>The step which parses, for tests.</summary>
    internal const string ParseStep = "Parse";

    /// <summary>The step which gives the models, for tests.</summary>
    internal const string ModelStep = "Model";

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                RuntimeNames.CacheClientAttribute,
                static (node, _) => node is InterfaceDeclarationSyntax,
                ClientParser.Parse)
            .WithTrackingName(ParseStep);

        var models = parsed
            .Select(static (client, _) => client?.Model)
            .Where(static model => model is not null)
            .WithTrackingName(ModelStep);
        context.RegisterSourceOutput(models, static (output, model) =>
            output.AddSource(model!.HintName, SourceText.From(ClientEmitter.Emit(model), Utf8)));

        var findings = parsed.SelectMany(static (client, _) => client?.Findings ?? EquatableArray<Finding>.Empty);
        context.RegisterSourceOutput(findings, static (output, finding) => output.ReportDiagnostic(finding.ToDiagnostic()));
    }
}
