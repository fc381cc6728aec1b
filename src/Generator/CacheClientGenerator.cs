using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
            .Select(static (client, _) => client.Model)
            .Where(static model => model is not null)
            .WithTrackingName(ModelStep);
        context.RegisterSourceOutput(models, static (output, model) => output.AddSource(model!.HintName, ClientEmitter.Emit(model)));

        var diagnostics = parsed.SelectMany(static (client, _) => client.Diagnostics);
        context.RegisterSourceOutput(diagnostics, static (output, diagnostic) => output.ReportDiagnostic(diagnostic));
    }
}
