namespace TypedCache.Generator.Model;

/// <summary>A method that invalidates all values with one tag.</summary>
/// <param name="Name">The name as code.</param>
/// <param name="ExplicitInterface">The base interface that declares it, as code; null for a member of the client's own interface.</param>
/// <param name="IsRemoval">Whether the values are misses from now on, and not stale.</param>
/// <param name="Parameters">The parameters as they are declared.</param>
/// <param name="NotNull">Parameters that are checked for null first.</param>
/// <param name="Tag">The key of the tag.</param>
/// <param name="ReturnType">The declared return type, as code.</param>
/// <param name="IsTask">Whether that is a <c>Task</c> and not a <c>ValueTask</c>.</param>
/// <param name="CancellationToken">The token, as code; null without one.</param>
internal sealed record TagOperationModel(
    string Name,
    string? ExplicitInterface,
    bool IsRemoval,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<string> NotNull,
    KeyModel Tag,
    string ReturnType,
    bool IsTask,
    string? CancellationToken)
{
    /// <summary>Whether the values of the interface have this tag by what is in them.</summary>
    public bool IsOfValue { get; init; }
}
