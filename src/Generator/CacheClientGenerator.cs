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

    private static void CheckContract(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<ParsedClient>> clients)
    {
        var contract = clients
            .Select(static (clients, _) => ContractsOf(clients))
            .Combine(AssemblyThatKnows(context, RuntimeNames.CacheContractAttribute))
            .Select(static (both, _) => both is { Left: { } contracts, Right: { } assembly } ? ContractFile.Merge(assembly, contracts) : null)
            .WithTrackingName(ContractStep);
        var files = context.AdditionalTextsProvider.Collect();
        EmitContract(context, contract, files.Select(static (files, _) => files.Any(CheckedInContract.IsContract)));
        ReportChanges(context, clients, contract, files.Combine(context.AnalyzerConfigOptionsProvider).Select(CheckedInContract.Read));
    }

    // Where a mistake leaves open what is stored, there is no contract: half of one would miss what has not vanished.
    private static EquatableArray<ClientContract>? ContractsOf(EquatableArray<ParsedClient> clients) =>
        clients.All(static client => client.Contract is not null) ? new EquatableArray<ClientContract>(clients.Select(static client => client.Contract!)) : null;

    // Without a key only a contract that still has some has to be told of.
    private static void EmitContract(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ContractFile?> contract, IncrementalValueProvider<bool> isCheckedIn) =>
        context.RegisterSourceOutput(contract.Combine(isCheckedIn), static (output, both) =>
        {
            if (both.Left is { } contract && (contract.Keys.Count > 0 || both.Right))
            {
                output.AddSource(ContractEmitter.HintName, SourceText.From(ContractEmitter.Emit(contract), Utf8));
            }
        });

    private static void ReportChanges(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EquatableArray<ParsedClient>> clients,
        IncrementalValueProvider<ContractFile?> contract,
        IncrementalValueProvider<CheckedInContract?> checkedIn)
    {
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

    // The name of the assembly; null where it does not refer to what declares the type.
    private static IncrementalValueProvider<string?> AssemblyThatKnows(IncrementalGeneratorInitializationContext context, string type) =>
        context.CompilationProvider.Select((compilation, _) => compilation.GetTypeByMetadataName(type) is null ? null : compilation.AssemblyName ?? "");

    // One file for all clients, where there is a builder that takes them.
    private static void EmitRegistration(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<ParsedClient>> clients)
    {
        var names = clients.Select(static (clients, _) => new EquatableArray<string>(clients.Select(static client => client.Model?.QualifiedName).OfType<string>()));
        var assembly = AssemblyThatKnows(context, RuntimeNames.CacheBuilder);
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
        ReportConflicts(context, collisions, places, CollisionFindings.Create);
        ReportConflicts(context, keys.Select(static (clients, _) => StaleConflicts.Find(clients)), places, CollisionFindings.Create);
        ReportConflicts(context, keys.Select(static (clients, _) => NearConflicts.Find(clients)), places, CollisionFindings.Create);
        ReportConflicts(context, keys.Select(static (clients, _) => AppendConflicts.Find(clients)), places, CollisionFindings.Create);
        ReportConflicts(context, keys.Select(static (clients, _) => CountConflicts.Find(clients)), places, CollisionFindings.Create);
        ReportConflicts(context, keys.Select(static (clients, _) => TagConflicts.Find(clients)).WithTrackingName(TagsStep), places, TagFindings.Create);
    }

    private static void ReportConflicts<T>(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EquatableArray<T>> conflicts,
        IncrementalValueProvider<EquatableArray<EquatableArray<SourcePlace>>> places,
        Func<T, IReadOnlyList<EquatableArray<SourcePlace>>, Finding> create)
        where T : IEquatable<T> =>
        Report(context, conflicts.Combine(places).SelectMany((both, _) => both.Left.Select(conflict => create(conflict, both.Right)).Distinct()));

    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Finding> findings) =>
        context.RegisterSourceOutput(findings, static (output, finding) => output.ReportDiagnostic(finding.ToDiagnostic()));
}
