namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for a tuple or a key-value pair: an array of exactly as many elements as the type has.</summary>
internal sealed record TupleCodecModel(string Name, string TypeName, bool IsReferenceType, EquatableArray<TupleItem> Items)
    : CodecModel(Name, TypeName, IsReferenceType)
{
    public override IEnumerable<ValueForm> Parts => Items.Select(item => item.Form);
}

/// <param name="Member">The property or field, for example <c>Item1</c>.</param>
/// <param name="Form">How it is written and read.</param>
internal sealed record TupleItem(string Member, ValueForm Form);
