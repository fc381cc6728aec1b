using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Emission;
using TypedCache.Generator.Incremental;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Keys.Collisions;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Codecs;

namespace TypedCache.Generator;

/// <summary>Implements each <c>partial interface</c> with <c>[CacheClient]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CacheClientGenerator : IIncrementalGenerator
{
    /// <summary>The step that parses, for tests.</summary>
    internal const string ParseStep = "Parse";

    /// <summary>The step that gives the models, for tests.</summary>
    internal const string ModelStep = "Model";

    /// <summary>The step that gives the names of all clients, for tests.</summary>
    internal const string RegistrationStep = "Registration";

    /// <summary>The step that gives the templates of each interface, for tests.</summary>
    internal const string KeysStep = "Keys";

    /// <summary>The step that matches the templates of all interfaces against each other, for tests.</summary>
    internal const string CollisionsStep = "Collisions";

    /// <summary>The step that gives the contract, for tests.</summary>
    internal const string ContractStep = "Contract";

    /// <summary>The step that compares it with the one that was checked in, for tests.</summary>
    internal const string ContractChangesStep = "ContractChanges";

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The step that compares the tags of all interfaces, for tests.</summary>
    internal const string TagsStep = "Tags";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // One step reads all files: it sees which are the same, and it keeps their order, which tells the later of two templates. Steps that
        // filter many inputs, as ForAttributeWithMetadataName has them, are avoided: in Roslyn 5.0 random edits bring such a step to where
        // the driver keeps an input but has lost what came of it ("Unexpected value '(Cached, Added)'").
        var clients = context.CompilationProvider
            .Select(ClientReader.Read)
            .WithTrackingName(ParseStep);

        var models = clients
            .SelectMany(static (clients, _) => clients.Select(static client => client.Model).OfType<ClientModel>())
            .WithTrackingName(ModelStep);
        var twins = clients.Select(static (clients, _) => HintNames.FindTwins(clients.Select(static client => client.Model?.HintName).OfType<string>()));
        context.RegisterSourceOutput(models.Combine(twins), static (output, both) =>
            output.AddSource(HintNames.Choose(both.Left.HintName, both.Right), SourceText.From(ClientEmitter.Emit(both.Left), Utf8)));

        EmitRegistration(context, clients);
        Report(context, clients.SelectMany(static (clients, _) => clients.SelectMany(static client => client.Findings)));
        ReportCollisions(context, clients);
        ReportCodecAttributes(context);
        CheckContract(context, clients);
    }

    // Where a mistake leaves open what is stored, there is no contract: half of one would miss what has not vanished.
    private static void CheckContract(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<ParsedClient>> clients)
    {
        var assembly = context.CompilationProvider.Select(static (compilation, _) =>
            compilation.GetTypeByMetadataName(RuntimeNames.CacheContractAttribute) is null ? null : compilation.AssemblyName ?? "");
        var contract = clients
            .Select(static (clients, _) => new EquatableArray<ClientContract>(clients.All(static client => client.Contract is not null) ? clients.Select(static client => client.Contract!) : []))
            .Combine(assembly)
            .Combine(clients.Select(static (clients, _) => clients.All(static client => client.Contract is not null)))
            .Select(static (all, _) => all is { Left.Right: { } assembly, Right: true } ? ContractFile.Merge(assembly, all.Left.Left) : null)
            .WithTrackingName(ContractStep);

        // Without a key only a contract that still has some has to be told of.
        var files = context.AdditionalTextsProvider.Collect();
        var isCheckedIn = files.Select(static (files, _) => files.Any(CheckedInContract.IsContract));
        context.RegisterSourceOutput(contract.Combine(isCheckedIn), static (output, both) =>
        {
            if (both.Left is { } contract && (contract.Keys.Count > 0 || both.Right))
            {
                output.AddSource(ContractEmitter.HintName, SourceText.From(ContractEmitter.Emit(contract), Utf8));
            }
        });

        var checkedIn = files.Combine(context.AnalyzerConfigOptionsProvider).Select(CheckedInContract.Read);
        Report(context, checkedIn.SelectMany(static (contract, _) => ContractFindings.OfMistake(contract) is { } finding ? [finding] : Array.Empty<Finding>()));
        Report(context, checkedIn
            .Combine(contract)
            .Select(static (both, _) => both is { Left.Contract: { } old, Right: { } current }
                ? (CheckedIn: both.Left, Changes: new EquatableArray<ContractChange>(ContractComparison.Compare(old, current)))
                : default)
            .WithTrackingName(ContractChangesStep)
            .Combine(clients)
            .SelectMany(static (both, _) => both.Left is { CheckedIn: { } checkedIn, Changes.Count: > 0 }
                ? ContractFindings.Create(checkedIn, both.Left.Changes, both.Right.Select(static client => (client.Contract!, client.KeyPlaces)))
                : []));
    }

    // One file for all clients, where there is a builder that takes them.
    private static void EmitRegistration(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<ParsedClient>> clients)
    {
        var names = clients.Select(static (clients, _) => new EquatableArray<string>(clients.Select(static client => client.Model?.QualifiedName).OfType<string>()));
        var assembly = context.CompilationProvider.Select(static (compilation, _) =>
            compilation.GetTypeByMetadataName(RuntimeNames.CacheBuilder) is null ? null : compilation.AssemblyName ?? "");
        context.RegisterSourceOutput(names.Combine(assembly).WithTrackingName(RegistrationStep), static (output, both) =>
        {
            if (both.Right is { } assembly && both.Left.Count > 0)
            {
                output.AddSource(RegistrationEmitter.HintName, SourceText.From(RegistrationEmitter.Emit(assembly, both.Left), Utf8));
            }
        });
    }

    // They stand on what several clients use, or on the assembly, so that no client can tell of them alone.
    private static void ReportCodecAttributes(IncrementalGeneratorInitializationContext context)
    {
        Report(context, context.CompilationProvider.Select(CodecAttributeReader.Read).SelectMany(static (findings, _) => findings));
    }

    // What is matched has no places, so that moving an interface matches nothing again.
    private static void ReportCollisions(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<ParsedClient>> clients)
    {
        var keys = clients
            .Select(static (clients, _) => new EquatableArray<EquatableArray<KeyUse>>(clients.Select(static client => client.Keys)))
            .WithTrackingName(KeysStep);
        var collisions = keys
            .Select(static (clients, cancellation) => KeyCollisions.Find(clients, cancellation))
            .WithTrackingName(CollisionsStep);
        var places = clients.Select(static (clients, _) => new EquatableArray<EquatableArray<SourcePlace>>(clients.Select(static client => client.KeyPlaces)));
        Report(context, collisions
            .Combine(places)
            .SelectMany(static (both, _) => both.Left.Select(collision => CollisionFindings.Create(collision, both.Right)).Distinct()));
        Report(context, keys
            .Select(static (clients, _) => StaleConflicts.Find(clients))
            .Combine(places)
            .SelectMany(static (both, _) => both.Left.Select(conflict => CollisionFindings.Create(conflict, both.Right)).Distinct()));
        Report(context, keys
            .Select(static (clients, _) => NearConflicts.Find(clients))
            .Combine(places)
            .SelectMany(static (both, _) => both.Left.Select(conflict => CollisionFindings.Create(conflict, both.Right)).Distinct()));
        Report(context, keys
            .Select(static (clients, _) => AppendConflicts.Find(clients))
            .Combine(places)
            .SelectMany(static (both, _) => both.Left.Select(conflict => CollisionFindings.Create(conflict, both.Right)).Distinct()));
        Report(context, keys
            .Select(static (clients, _) => TagConflicts.Find(clients))
            .WithTrackingName(TagsStep)
            .Combine(places)
            .SelectMany(static (both, _) => both.Left.Select(conflict => TagFindings.Create(conflict, both.Right)).Distinct()));
    }

    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Finding> findings) =>
        context.RegisterSourceOutput(findings, static (output, finding) => output.ReportDiagnostic(finding.ToDiagnostic()));
}
