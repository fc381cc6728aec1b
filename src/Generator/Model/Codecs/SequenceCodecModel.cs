namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for a collection of elements: an array.</summary>
internal sealed record SequenceCodecModel(
    string Name, string TypeName, bool IsReferenceType, string ElementType, ValueForm Element, SequenceShape Shape)
    : CodecModel(Name, TypeName, IsReferenceType)
{
    public override IEnumerable<ValueForm> Parts => [Element];
}
