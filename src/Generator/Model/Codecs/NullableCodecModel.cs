namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for a <c>Nullable&lt;T&gt;</c>: nil, or the value.</summary>
/// <param name="TypeName">The type with its <c>?</c>.</param>
internal sealed record NullableCodecModel(string Name, string TypeName, ValueForm Underlying)
    : CodecModel(Name, TypeName, IsReferenceType: false)
{
    public override IEnumerable<ValueForm> Parts => [Underlying];
}
