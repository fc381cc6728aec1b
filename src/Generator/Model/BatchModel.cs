namespace TypedCache.Generator.Model;

/// <summary>A collection parameter whose items each give one key.</summary>
/// <param name="Collection">The parameter, as code.</param>
/// <param name="ItemType">The type of what differs from key to key, as code.</param>
/// <param name="ItemName">What one item is called in the lambda.</param>
/// <param name="State">The other parameters of the key, which all keys of the batch share.</param>
/// <param name="StateName">What they are called in the lambda.</param>
/// <param name="WriterName">What the key writer is called in the lambda.</param>
internal sealed record BatchModel(
    string Collection,
    string ItemType,
    string ItemName,
    EquatableArray<ParameterModel> State,
    string StateName,
    string WriterName)
{
    /// <summary>Whether the values that the collection brings can be null, which the codec's type does not say.</summary>
    public bool SuppressesNullability { get; init; }
}
