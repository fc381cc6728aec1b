using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Collections;

/// <summary>The dictionaries of the base class library that MessagePack stores as maps, and how each is built.</summary>
internal static class DictionaryShapes
{
    private const string Generic = "global::System.Collections.Generic.";
    private const string Concurrent = "global::System.Collections.Concurrent.";
    private const string Dictionary = Generic + "Dictionary<$T>";

    /// <summary><c>$T</c> stands for the types of key and value.</summary>
    private static readonly Dictionary<string, SequenceShape> Known = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.Dictionary"] = CollectionShapes.Filled(Dictionary),
        ["System.Collections.Generic.IDictionary"] = CollectionShapes.Filled(Dictionary),
        ["System.Collections.Generic.IReadOnlyDictionary"] = CollectionShapes.Filled(Dictionary),
        ["System.Collections.Generic.OrderedDictionary"] = CollectionShapes.Filled(Generic + "OrderedDictionary<$T>"),
        ["System.Collections.Generic.SortedDictionary"] = CollectionShapes.Filled(Generic + "SortedDictionary<$T>", ""),
        ["System.Collections.Generic.SortedList"] = CollectionShapes.Filled(Generic + "SortedList<$T>"),
        ["System.Collections.ObjectModel.ReadOnlyDictionary"] =
            CollectionShapes.Filled(Dictionary) with { Result = "new global::System.Collections.ObjectModel.ReadOnlyDictionary<$T>(items)" },

        // A snapshot is written, since others may change the dictionary between counting and writing.
        ["System.Collections.Concurrent.ConcurrentDictionary"] =
            CollectionShapes.Filled(Dictionary) with
            {
                Result = $"new {Concurrent}ConcurrentDictionary<$T>(items)",
                Source = "value.ToArray()",
                SourceType = Generic + "KeyValuePair<$T>[]",
                Count = "Length",
            },
        ["System.Collections.Immutable.ImmutableDictionary"] = CollectionShapes.Built("ImmutableDictionary"),
        ["System.Collections.Immutable.IImmutableDictionary"] = CollectionShapes.Built("ImmutableDictionary"),
        ["System.Collections.Immutable.ImmutableSortedDictionary"] = CollectionShapes.Built("ImmutableSortedDictionary"),
        ["System.Collections.Frozen.FrozenDictionary"] =
            CollectionShapes.Filled(Dictionary) with { Result = "global::System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(items)" },
    };

    /// <summary>The shape of a constructed dictionary type, or null.</summary>
    public static SequenceShape? Find(INamedTypeSymbol type) =>
        type.TypeArguments.Length == 2 && Known.TryGetValue(TypeNames.Lookup(type), out var shape)
            ? CollectionShapes.For(shape, Arguments(type.TypeArguments[0], type.TypeArguments[1]))
            : null;

    public static string Arguments(ITypeSymbol key, ITypeSymbol value) => $"{TypeNames.Of(key)}, {TypeNames.Of(value)}";
}
