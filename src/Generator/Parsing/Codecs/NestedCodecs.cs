using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>The codecs that attributes on the assembly or on types name, for values inside other values.</summary>
internal sealed class NestedCodecs(Compilation compilation)
{
    private readonly CodecAttributes _attributes = CodecAttributes.Of(compilation);

    /// <summary>Whether an attribute names a codec for exactly this type. That of <c>T</c> is called inside that of <c>T?</c>.</summary>
    public bool Has(ITypeSymbol type) => _attributes.Find(type) is { } attribute
        && (type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
            || (CodecAttributes.Codec(attribute) is INamedTypeSymbol codec && CodecClass.IsExact(compilation, codec, type)));

    /// <summary>The codec that calls it; null and the reason where it cannot be the type's.</summary>
    public NestedCodecModel? Find(ITypeSymbol type, string name, out string? obstacle)
    {
        var codec = CodecAttributes.Codec(_attributes.Find(type)!);
        if (CodecClass.FindObstacle(compilation, codec, type) is { } reason)
        {
            obstacle = $"'{(codec is null ? "null" : TypeText.Message(codec))}' cannot be the codec of '{TypeNames.InMessage(type)}', because {reason}";
            return null;
        }

        obstacle = null;
        var named = (INamedTypeSymbol)codec!;
        return new NestedCodecModel(name, TypeNames.WithoutNull(type), type.IsReferenceType, CodecClass.Create(compilation, named, type), TypeText.Code(named));
    }
}
