namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for a value that is written by a single statement, such as a Guid or an enum.</summary>
internal sealed record LeafCodecModel(string Name, string TypeName, bool IsReferenceType, ValueForm Form)
    : CodecModel(Name, TypeName, IsReferenceType)
{
    public override IEnumerable<ValueForm> Parts => [Form];
}
