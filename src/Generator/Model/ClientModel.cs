using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Model;

/// <summary>All that is needed to write the file of one cache client interface.</summary>
/// <param name="HintName">The name of the generated file: unique, from the full metadata name.</param>
/// <param name="Namespace">The namespace as code, or empty for the global one.</param>
/// <param name="Containers">The types around the interface, outermost first, each as <c>partial class Outer</c>.</param>
/// <param name="Name">The interface's own name as code.</param>
/// <param name="QualifiedName">The interface's name from <c>global::</c> on.</param>
/// <param name="ImplementationName">The name of the generated class.</param>
/// <param name="KeyPolicy">The member of the runtime's <c>KeyPolicy</c>.</param>
/// <param name="Options">The static fields with the options of its methods and entries.</param>
/// <param name="Templates">The static fields that name its keys in telemetry.</param>
/// <param name="KeyMethods">The methods that give its keys.</param>
/// <param name="KeysName">The name of the nested class with <paramref name="KeyFunctions"/>.</param>
/// <param name="IsComplete">
/// False when a member cannot be generated. Then only the interface's part is written, so that the reported mistake is the
/// only error that the user sees.
/// </param>
internal sealed record ClientModel(
    string HintName,
    string Namespace,
    EquatableArray<string> Containers,
    string Name,
    string QualifiedName,
    string ImplementationName,
    string KeyPolicy,
    bool IsComplete,
    EquatableArray<MethodModel> Methods,
    EquatableArray<EntryModel> Entries,
    EquatableArray<OptionsField> Options,
    EquatableArray<TemplateField> Templates,
    EquatableArray<KeyMethodModel> KeyMethods,
    EquatableArray<KeyEnumModel> Enums,
    string KeysName,
    EquatableArray<KeyFunctionModel> KeyFunctions,
    EquatableArray<CodecModel> Codecs)
{
    /// <summary>Whether keys are cut so that they fit behind the pool's prefix. Under all other policies the pool sees to that.</summary>
    public bool CutsKeys => KeyPolicy == nameof(Model.KeyPolicy.Pecl);

    /// <summary>The static fields with the near options of its methods and entries.</summary>
    public EquatableArray<NearField> Near { get; init; }

    /// <summary>The fields that find near values by arguments.</summary>
    public EquatableArray<NearIndexField> NearIndexes { get; init; }

    /// <summary>The static fields with the codecs of values with tags.</summary>
    public EquatableArray<TaggedCodecField> TaggedCodecs { get; init; }

    /// <summary>The static fields that say how reads look at tags; null where no value has any.</summary>
    public TagOptionsModel? TagOptions { get; init; }

    /// <summary>The methods that invalidate tags.</summary>
    public EquatableArray<TagOperationModel> TagOperations { get; init; }

    /// <summary>The extern aliases that the file declares.</summary>
    public EquatableArray<string> ExternAliases { get; init; }

    /// <summary>Which dialect the pool must have.</summary>
    public CacheDialect Dialect { get; init; }

    /// <summary>The field of the generated class with the pool.</summary>
    public string PoolName { get; init; } = "";

    /// <summary>The name of the generated class from <c>global::</c> on.</summary>
    public string QualifiedImplementationName =>
        Namespace.Length == 0 ? $"global::{ImplementationName}" : $"global::{Namespace}.{ImplementationName}";
}
