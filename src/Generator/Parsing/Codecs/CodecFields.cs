using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Names the static fields for codecs that would be made anew in each operation.</summary>
/// <param name="names">All names of the file.</param>
internal sealed class CodecFields(ClientNames names)
{
    private readonly Dictionary<(string Expression, string ValueType), string> _names = [];

    public MethodCodec Get(CodecReference codec, ITypeSymbol valueType) => Get(codec, TypeText.Code(valueType));

    /// <summary>The codec that stores the same values uncompressed.</summary>
    public MethodCodec GetUncompressed(MethodCodec codec) => Get(codec.Reference.AsUncompressed(), codec.ValueType);

    private MethodCodec Get(CodecReference codec, string type)
    {
        if (codec.FieldName is null)
        {
            return new MethodCodec(codec, type, FieldName: null);
        }

        // One class can be the codec of several types.
        if (!_names.TryGetValue((codec.Expression, type), out var name))
        {
            name = names.TakeMember(codec.FieldName);
            _names.Add((codec.Expression, type), name);
        }

        return new MethodCodec(codec, type, name);
    }
}
