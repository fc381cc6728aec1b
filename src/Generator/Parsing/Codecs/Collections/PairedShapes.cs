using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Collections;

/// <summary>Collections of two types that MessagePack stores as arrays of elements made of both.</summary>
internal sealed class PairedShapes(Compilation compilation)
{
    private static readonly Dictionary<string, (string Element, SequenceShape Shape)> Known = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.PriorityQueue"] =
            ("System.ValueTuple`2", new(Filling.Array, "new global::System.Collections.Generic.PriorityQueue<$T>(items)")
            {
                Source = "value.UnorderedItems",
                SourceType = "global::System.Collections.Generic.PriorityQueue<$T>.UnorderedItemsCollection",
            }),
        ["System.Linq.ILookup"] =
            ("System.Linq.IGrouping`2", CollectionShapes.Filled("global::TypedCache.Values.MessagePackLookup<$T>")),
    };

    /// <summary>The element type and the shape of a constructed collection type, or null.</summary>
    public (ITypeSymbol Element, SequenceShape Shape)? Find(INamedTypeSymbol type)
    {
        if (type.TypeArguments is not [var first, var second]
            || !Known.TryGetValue(TypeNames.Lookup(type), out var known)
            || compilation.GetTypeByMetadataName(known.Element) is not { } element)
        {
            return null;
        }

        return (element.Construct(first, second), CollectionShapes.For(known.Shape, DictionaryShapes.Arguments(first, second)));
    }

    /// <summary>Whether a type is a group: a key and its elements.</summary>
    public static bool IsGroup(INamedTypeSymbol type) => TypeNames.Is(type, "System.Linq.IGrouping") && type.TypeArguments.Length == 2;
}
