using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>The <c>[CacheCodec]</c>s of one compilation: those that the assembly has for types, and those on the types themselves.</summary>
internal sealed class CodecAttributes
{
    private static readonly ConditionalWeakTable<Compilation, CodecAttributes> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly Dictionary<ITypeSymbol, AttributeData> _byType = new(SymbolEqualityComparer.Default);

    private CodecAttributes(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        foreach (var attribute in compilation.Assembly.GetAttributes())
        {
            // The first that can be used counts; of the others the rules tell.
            if (IsCodec(attribute) && ValueType(attribute) is { } type && !_byType.ContainsKey(type) && CodecClass.FindObstacle(compilation, Codec(attribute), type) is null)
            {
                _byType.Add(type, attribute);
            }
        }
    }

    /// <summary>The attributes of a compilation, found once for all its interfaces; they live as long as it does.</summary>
    public static CodecAttributes Of(Compilation compilation) => ByCompilation.GetValue(compilation, static key => new CodecAttributes(key));

    /// <summary>The attribute with the codec of a type, that of the assembly before the type's own; null where there is none.</summary>
    public AttributeData? Find(ITypeSymbol type) => _byType.TryGetValue(type, out var found) ? found : On(type);

    /// <summary>The attribute on a symbol itself.</summary>
    public AttributeData? On(ISymbol symbol) => symbol.GetAttributes().FirstOrDefault(IsCodec);

    /// <summary>The codec that an attribute names: its only argument, or the one behind the type.</summary>
    public static ITypeSymbol? Codec(AttributeData attribute) => Argument(attribute, attribute.ConstructorArguments.Length - 1);

    /// <summary>The type that an attribute of the assembly gives a codec; null where it has only the codec.</summary>
    public static ITypeSymbol? ValueType(AttributeData attribute) => attribute.ConstructorArguments.Length == 2 ? Argument(attribute, 0) : null;

    private static ITypeSymbol? Argument(AttributeData attribute, int index) =>
        attribute.ConstructorArguments.ElementAtOrDefault(index) is { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } ? type : null;

    private bool IsCodec(AttributeData attribute) => _types.IsCodecAttribute(attribute.AttributeClass);
}
