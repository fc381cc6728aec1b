using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Reads the class that <c>[CacheCodec]</c> names for a whole value.</summary>
/// <param name="context">The interface.</param>
/// <param name="codec">The class; null where the attribute names none.</param>
/// <param name="location">Where it is named.</param>
internal sealed class CustomCodec(ClientContext context, ITypeSymbol? codec, Location location)
{
    /// <summary>How the codec of a value type is made; null where the class cannot be its codec, which is reported.</summary>
    public CodecReference? Find(ITypeSymbol type)
    {
        var name = codec is null ? "null" : TypeText.Message(codec);
        if (codec?.TypeKind == TypeKind.Error)
        {
            context.Diagnostics.Report(Rules.TypeUnknown, location, name);
            return null;
        }

        if (CodecClass.FindObstacle(context.Compilation, codec, type) is { } obstacle)
        {
            context.Diagnostics.Report(Rules.CodecNotUsable, location, name, TypeText.Message(type), obstacle);
            return null;
        }

        return Create((INamedTypeSymbol)codec!, type);
    }

    private CodecReference Create(INamedTypeSymbol codec, ITypeSymbol type)
    {
        var reference = new CodecReference(CodecClass.Create(context.Compilation, codec, type), TypeText.Code(codec))
        {
            FieldName = "_" + Names.Uncapitalized(codec.Name),
            CustomName = TypeText.Message(codec),
        };
        return CodecClass.IsExact(context.Compilation, codec, type) ? reference : reference.OfNullable($"_nullable{codec.Name}", TypeText.Code(KnownTypes.UnwrapNullable(type, out _)));
    }
}
