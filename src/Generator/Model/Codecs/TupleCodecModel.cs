namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for a tuple, a key-value pair or a group: an array of exactly as many elements as the type has.</summary>
internal sealed record TupleCodecModel(string Name, string TypeName, bool IsReferenceType, EquatableArray<TupleItem> Items)
    : CodecModel(Name, TypeName, IsReferenceType)
{
    /// <summary>The class in C# that is made while reading, where the type is an interface; else null.</summary>
    public string? CreatedType { get; init; }

    public override IEnumerable<ValueForm> Parts => Items.Select(item => item.Form);
}

/// <param name="Member">The property or field, for example <c>Item1</c>.</param>
/// <param name="Form">How it is written and read.</param>
internal sealed record TupleItem(string Member, ValueForm Form)
{
    /// <summary>The expression that is written, where it is no member.</summary>
    public string? Value { get; init; }
}
