namespace TypedCache.Generator.Model;

/// <summary>The arguments of the engine's call, each as a C# expression over the method's parameters.</summary>
/// <param name="NotNull">Parameters that are checked for null first.</param>
/// <param name="NotNegative">Parameters that are checked for negative numbers first.</param>
/// <param name="By">The step of a counter.</param>
/// <param name="Initial">The first value of a counter that does not exist yet; null where a missing counter is not made.</param>
internal sealed record ArgumentsModel(
    EquatableArray<string> NotNull,
    EquatableArray<string> NotNegative,
    BatchModel? Batch,
    string? Value,
    string? Cas,
    string? By,
    string? Initial,
    string? CancellationToken);
