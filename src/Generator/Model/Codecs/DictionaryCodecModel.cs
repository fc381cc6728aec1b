namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for a dictionary: a map.</summary>
/// <param name="PairType">The <c>KeyValuePair</c> in C# over that the dictionary is enumerated.</param>
internal sealed record DictionaryCodecModel(
    string Name, string TypeName, bool IsReferenceType, string PairType, ValueForm Key, ValueForm Value, SequenceShape Shape)
    : CodecModel(Name, TypeName, IsReferenceType)
{
    public override IEnumerable<ValueForm> Parts => [Key, Value];
}
