using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Emission;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Keys.Collisions;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;

namespace TypedCache.Generator;

/// <summary>Implements each <c>partial interface</c> with <c>[CacheClient]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CacheClientGenerator : IIncrementalGenerator
{
    /// <summary>The step that parses, for tests.</summary>
    internal const string ParseStep = "Parse";

    /// <summary>The step that gives the models, for tests.</summary>
    internal const string ModelStep = "Model";

    /// <summary>The step that gives the templates of each interface, for tests.</summary>
    internal const string KeysStep = "Keys";

    /// <summary>The step that matches the templates of all interfaces against each other, for tests.</summary>
    internal const string CollisionsStep = "Collisions";

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
        var twins = models.Select(static (model, _) => model!.HintName).Collect().Select(static (names, _) => HintNames.FindTwins(names));
        context.RegisterSourceOutput(models.Combine(twins), static (output, both) =>
            output.AddSource(HintNames.Choose(both.Left!.HintName, both.Right), SourceText.From(ClientEmitter.Emit(both.Left), Utf8)));

        var findings = parsed.SelectMany(static (client, _) => client?.Findings ?? EquatableArray<Finding>.Empty);
        context.RegisterSourceOutput(findings, static (output, finding) => output.ReportDiagnostic(finding.ToDiagnostic()));
        ReportCollisions(context, parsed);
    }

    // What is matched has no places, so that moving an interface matches nothing again.
    private static void ReportCollisions(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ParsedClient?> parsed)
    {
        var keys = parsed
            .Select(static (client, _) => client?.Keys ?? EquatableArray<KeyUse>.Empty)
            .WithTrackingName(KeysStep)
            .Collect();
        var collisions = keys
            .Select(static (clients, cancellation) => KeyCollisions.Find(clients, cancellation))
            .WithTrackingName(CollisionsStep);
        var places = parsed.Select(static (client, _) => client?.KeyPlaces ?? EquatableArray<SourcePlace>.Empty).Collect();
        var findings = collisions
            .Combine(places)
            .SelectMany(static (both, _) => both.Left.Select(collision => CollisionFindings.Create(collision, both.Right)).Distinct());
        context.RegisterSourceOutput(findings, static (output, finding) => output.ReportDiagnostic(finding.ToDiagnostic()));
        var staleFindings = keys
            .Select(static (clients, _) => StaleConflicts.Find(clients))
            .Combine(places)
            .SelectMany(static (both, _) => both.Left.Select(conflict => CollisionFindings.Create(conflict, both.Right)).Distinct());
        context.RegisterSourceOutput(staleFindings, static (output, finding) => output.ReportDiagnostic(finding.ToDiagnostic()));
    }
}
