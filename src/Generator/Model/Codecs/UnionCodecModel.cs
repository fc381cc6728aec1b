namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for an interface or abstract class: an array of the key of the value's type and the value.</summary>
internal sealed record UnionCodecModel(string Name, string TypeName, EquatableArray<UnionCase> Cases)
    : CodecModel(Name, TypeName, IsReferenceType: true)
{
    public override IEnumerable<ValueForm> Parts => Cases.Select(@case => @case.Form);
}

/// <param name="Key">The key of <c>[Union]</c>.</param>
/// <param name="TypeName">The implementing type in C#.</param>
/// <param name="Form">How it is written and read.</param>
internal sealed record UnionCase(int Key, string TypeName, ValueForm Form);
