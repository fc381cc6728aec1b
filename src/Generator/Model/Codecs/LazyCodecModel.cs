namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for a <c>Lazy&lt;T&gt;</c>: its value, which is made when it is written.</summary>
internal sealed record LazyCodecModel(string Name, string TypeName, ValueForm Underlying)
    : CodecModel(Name, TypeName, IsReferenceType: true)
{
    public override IEnumerable<ValueForm> Parts => [Underlying];
}
