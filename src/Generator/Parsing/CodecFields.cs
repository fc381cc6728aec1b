using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Parsing;

/// <summary>
/// Names the static fields for codecs whose expression is a call: evaluated in each operation it would make a new codec each time.
/// </summary>
internal sealed class CodecFields
{
    private readonly Dictionary<string, string> _names = [];

    public MethodCodec Get(CodecReference codec, ITypeSymbol valueType)
    {
        var type = TypeText.Code(valueType);
        if (!codec.Expression.Contains('('))
        {
            return new MethodCodec(codec, type, FieldName: null);
        }

        if (!_names.TryGetValue(codec.Expression, out var name))
        {
            var inner = KnownTypes.UnwrapNullable(valueType, out var isNullable);
            name = Names.Unique($"_{(isNullable ? "nullable" : "shared")}{inner.Name}Codec", _names.Values);
            _names.Add(codec.Expression, name);
        }

        return new MethodCodec(codec, type, name);
    }
}
