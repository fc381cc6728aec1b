namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec that calls one of the project for a value inside another value.</summary>
/// <param name="Codec">The expression that makes the project's codec.</param>
/// <param name="Writes">Its full name, which says what it writes.</param>
internal sealed record NestedCodecModel(string Name, string TypeName, bool IsReferenceType, string Codec, string Writes)
    : CodecModel(Name, TypeName, IsReferenceType)
{
    public override IEnumerable<ValueForm> Parts => [];
}
