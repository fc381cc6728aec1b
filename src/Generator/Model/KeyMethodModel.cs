namespace TypedCache.Generator.Model;

/// <summary>The generated method that gives the keys of one template, for all members that use it.</summary>
/// <param name="Name">The name as code.</param>
/// <param name="Key">The key, whose parameters are called as in the first of those members.</param>
/// <param name="BufferName">What the buffer is called, so that no parameter has the same name.</param>
/// <param name="MaxLengthName">What the length is called that the pool's prefix leaves, so that no parameter has the same name.</param>
/// <param name="WriterName">What the key writer is called, so that no parameter has the same name.</param>
/// <param name="AppendName">
/// The name of the method that appends the key to a writer, where a batch or a set of entries brings one along; else null.
/// </param>
internal sealed record KeyMethodModel(string Name, KeyModel Key, string BufferName, string MaxLengthName, string WriterName, string? AppendName)
{
    /// <summary>The name of the method that adds the key to the tags of a value; null for what is no such tag.</summary>
    public string? AddName { get; init; }

    /// <summary>What the tags are called that it is added to, so that no parameter has the same name.</summary>
    public string TagsName { get; init; } = "";

    /// <summary>Whether it is only ever added.</summary>
    public bool IsOnlyAdded { get; init; }
}
