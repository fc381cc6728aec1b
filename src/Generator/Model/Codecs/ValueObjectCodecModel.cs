namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for a value object: the value inside it.</summary>
/// <param name="Inside">How the value inside is written and read.</param>
/// <param name="Unwrap">The expression of the value inside, in which <see cref="Placeholder"/> stands for the object.</param>
/// <param name="Wrap">The expression of the object, in which it stands for the value inside.</param>
internal sealed record ValueObjectCodecModel(string Name, string TypeName, bool IsReferenceType, ValueForm Inside, string Unwrap, string Wrap)
    : CodecModel(Name, TypeName, IsReferenceType)
{
    /// <summary>What stands for an operand. No C# name contains it.</summary>
    public const string Placeholder = "$";

    public override IEnumerable<ValueForm> Parts => [Inside];
}
