namespace TypedCache.Generator.Model.Codecs;

/// <summary>How a collection is taken apart and built, in C#.</summary>
/// <param name="Filling">How the elements are gathered while they are read.</param>
/// <param name="Result">The expression that turns the gathered <c>items</c> into the collection.</param>
internal sealed record SequenceShape(Filling Filling, string Result = "items")
{
    /// <summary>The expression that makes what is filled with <c>count</c> elements. Unused when an array is filled.</summary>
    public string Create { get; init; } = "";

    /// <summary>The type of <see cref="Create"/>.</summary>
    public string CreatedType { get; init; } = "";

    /// <summary>The method that adds an element to what is filled.</summary>
    public string Add { get; init; } = "Add";

    /// <summary>The expression that is written; <c>value</c> is the collection.</summary>
    public string Source { get; init; } = "value";

    /// <summary>The type of <see cref="Source"/>, where that is neither the collection itself nor an array of its elements.</summary>
    public string? SourceType { get; init; }

    /// <summary>The property of <see cref="Source"/> that is the number of elements.</summary>
    public string Count { get; init; } = "Count";

    /// <summary>The expression that says that a value type holds no collection, for which nil is written.</summary>
    public string? IsAbsent { get; init; }
}
