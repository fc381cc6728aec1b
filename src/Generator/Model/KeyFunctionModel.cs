namespace TypedCache.Generator.Model;

/// <summary>A generated function that gives a key as text.</summary>
/// <param name="Name">The name as code.</param>
/// <param name="IsPublic">False where the method it stands for is internal.</param>
/// <param name="NotNull">Parameters that are checked for null first.</param>
internal sealed record KeyFunctionModel(
    string Name,
    bool IsPublic,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<string> NotNull,
    KeyModel Key)
{
    /// <summary>The <c>[Obsolete]</c> that all its methods have, as code; null where one has none.</summary>
    public string? Obsolete { get; init; }
}
