namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for an array of two to four dimensions: an array of the lengths and an array of all elements, row by row.</summary>
internal sealed record GridCodecModel(string Name, string TypeName, string ElementType, int Rank, ValueForm Element)
    : CodecModel(Name, TypeName, IsReferenceType: true)
{
    public override IEnumerable<ValueForm> Parts => [Element];
}
