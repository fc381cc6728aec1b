using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Collections;

/// <summary>The dictionaries of the base class library that MessagePack stores as maps, and how each is built.</summary>
internal static class DictionaryShapes
{
    private const string Generic = "global::System.Collections.Generic.";
    private const string Immutable = "global::System.Collections.Immutable.";
    private const string Concurrent = "global::System.Collections.Concurrent.";
    private const string Dictionary = "new " + Generic + "Dictionary<$T>(count)";

    /// <summary><c>$T</c> stands for the types of key and value.</summary>
    private static readonly Dictionary<string, SequenceShape> Known = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.Dictionary"] = Filled(Dictionary),
        ["System.Collections.Generic.IDictionary"] = Filled(Dictionary),
        ["System.Collections.Generic.IReadOnlyDictionary"] = Filled(Dictionary),
        ["System.Collections.Generic.OrderedDictionary"] = Filled("new " + Generic + "OrderedDictionary<$T>(count)"),
        ["System.Collections.Generic.SortedDictionary"] = Filled("new " + Generic + "SortedDictionary<$T>()"),
        ["System.Collections.Generic.SortedList"] = Filled("new " + Generic + "SortedList<$T>(count)"),
        ["System.Collections.ObjectModel.ReadOnlyDictionary"] =
            new(Filling.Collection, "new global::System.Collections.ObjectModel.ReadOnlyDictionary<$T>(items)") { Create = Dictionary },

        // A snapshot is written, since others may change the dictionary between counting and writing.
        ["System.Collections.Concurrent.ConcurrentDictionary"] =
            new(Filling.Collection, $"new {Concurrent}ConcurrentDictionary<$T>(items)")
            {
                Create = Dictionary,
                Source = "value.ToArray()",
                Count = "Length",
            },
        ["System.Collections.Immutable.ImmutableDictionary"] = Built("ImmutableDictionary"),
        ["System.Collections.Immutable.IImmutableDictionary"] = Built("ImmutableDictionary"),
        ["System.Collections.Immutable.ImmutableSortedDictionary"] = Built("ImmutableSortedDictionary"),
        ["System.Collections.Frozen.FrozenDictionary"] =
            new(Filling.Collection, "global::System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(items)") { Create = Dictionary },
    };

    /// <summary>The shape of a constructed dictionary type, or null.</summary>
    public static SequenceShape? Find(INamedTypeSymbol type) =>
        type.TypeArguments.Length == 2 && Known.TryGetValue(TypeNames.Lookup(type), out var shape)
            ? CollectionShapes.For(shape, Arguments(type.TypeArguments[0], type.TypeArguments[1]))
            : null;

    public static string Arguments(ITypeSymbol key, ITypeSymbol value) => $"{TypeNames.Of(key)}, {TypeNames.Of(value)}";

    private static SequenceShape Filled(string create) => new(Filling.Collection) { Create = create };

    private static SequenceShape Built(string factory) =>
        new(Filling.Collection, "items.ToImmutable()") { Create = $"{Immutable}{factory}.CreateBuilder<$T>()" };
}
