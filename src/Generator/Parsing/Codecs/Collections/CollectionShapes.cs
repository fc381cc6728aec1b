using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Collections;

/// <summary>The collections of the base class library that MessagePack stores as arrays, and how each is built.</summary>
internal static class CollectionShapes
{
    private const string Generic = "global::System.Collections.Generic.";
    private const string Immutable = "global::System.Collections.Immutable.";
    private const string Concurrent = "global::System.Collections.Concurrent.";
    private const string ObjectModel = "global::System.Collections.ObjectModel.";
    private const string Frozen = "global::System.Collections.Frozen.";
    private const string List = Generic + "List<$T>";
    private const string HashSet = Generic + "HashSet<$T>";
    private const string Snapshot = "global::System.Linq.Enumerable.ToArray(value)";

    /// <summary><c>$T</c> stands for the element type.</summary>
    private static readonly Dictionary<string, SequenceShape> Known = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.List"] = Filled(List),
        ["System.Collections.Generic.IList"] = Filled(List),
        ["System.Collections.Generic.ICollection"] = Filled(List),
        ["System.Collections.Generic.IReadOnlyList"] = new(Filling.Array),
        ["System.Collections.Generic.IReadOnlyCollection"] = new(Filling.Array),
        ["System.Collections.Generic.IEnumerable"] = new(Filling.Array) { Source = Snapshot, Count = "Length" },
        ["System.Collections.Generic.HashSet"] = Filled(HashSet),
        ["System.Collections.Generic.ISet"] = Filled(HashSet),
        ["System.Collections.Generic.IReadOnlySet"] = Filled(HashSet),
        ["System.Collections.Generic.LinkedList"] = Filled(Generic + "LinkedList<$T>", "") with { Add = "AddLast" },
        ["System.Collections.Generic.Queue"] = Filled(Generic + "Queue<$T>") with { Add = "Enqueue" },
        ["System.Collections.Generic.Stack"] = new(Filling.ReversedArray, "new " + Generic + "Stack<$T>(items)"),
        ["System.Collections.ObjectModel.ObservableCollection"] = Filled(ObjectModel + "ObservableCollection<$T>", ""),
        ["System.Collections.ObjectModel.ReadOnlyCollection"] = new(Filling.Array, "new " + ObjectModel + "ReadOnlyCollection<$T>(items)"),
        ["System.Collections.ObjectModel.ReadOnlyObservableCollection"] =
            Filled(ObjectModel + "ObservableCollection<$T>", "") with { Result = "new " + ObjectModel + "ReadOnlyObservableCollection<$T>(items)" },
        ["System.Collections.ObjectModel.ReadOnlySet"] =
            Filled(HashSet) with { Result = "new " + ObjectModel + "ReadOnlySet<$T>(items)" },
        ["System.Collections.Concurrent.ConcurrentBag"] = Concurrently("ConcurrentBag", "Add"),
        ["System.Collections.Concurrent.ConcurrentQueue"] = Concurrently("ConcurrentQueue", "Enqueue"),
        ["System.Collections.Concurrent.ConcurrentStack"] =
            new(Filling.ReversedArray, "new " + Concurrent + "ConcurrentStack<$T>(items)") { Source = Snapshot, Count = "Length" },
        ["System.Collections.Immutable.ImmutableArray"] =
            new(Filling.Array, "global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items)")
            {
                Count = "Length",
                IsAbsent = "value.IsDefault",
            },
        ["System.Collections.Immutable.ImmutableList"] = Built("ImmutableList"),
        ["System.Collections.Immutable.IImmutableList"] = Built("ImmutableList"),
        ["System.Collections.Immutable.ImmutableHashSet"] = Built("ImmutableHashSet"),
        ["System.Collections.Immutable.IImmutableSet"] = Built("ImmutableHashSet"),
        ["System.Collections.Immutable.ImmutableSortedSet"] = Built("ImmutableSortedSet"),
        ["System.Collections.Immutable.ImmutableQueue"] = Ranged("ImmutableQueue", Filling.Array),
        ["System.Collections.Immutable.IImmutableQueue"] = Ranged("ImmutableQueue", Filling.Array),
        ["System.Collections.Immutable.ImmutableStack"] = Ranged("ImmutableStack", Filling.ReversedArray),
        ["System.Collections.Immutable.IImmutableStack"] = Ranged("ImmutableStack", Filling.ReversedArray),
        ["System.Collections.Frozen.FrozenSet"] =
            Filled(HashSet) with { Result = Frozen + "FrozenSet.ToFrozenSet(items)" },
        ["System.Buffers.ReadOnlySequence"] = new(Filling.Array, "new global::System.Buffers.ReadOnlySequence<$T>(items)")
        {
            Source = "global::System.Buffers.BuffersExtensions.ToArray(in value)",
            Count = "Length",
        },
        ["System.ArraySegment"] = new(Filling.Array) { IsAbsent = "value.Array is null" },
        ["System.Memory"] = new(Filling.Array) { Source = "value.Span", SourceType = "global::System.ReadOnlySpan<$T>", Count = "Length" },
        ["System.ReadOnlyMemory"] = new(Filling.Array) { Source = "value.Span", SourceType = "global::System.ReadOnlySpan<$T>", Count = "Length" },
    };

    /// <summary>The shape of an array of one dimension.</summary>
    public static SequenceShape Array { get; } = new(Filling.Array) { Count = "Length" };

    /// <summary>The shape of a constructed collection type, or null.</summary>
    public static SequenceShape? Find(INamedTypeSymbol type) =>
        type.TypeArguments.Length == 1 && Known.TryGetValue(TypeNames.Lookup(type), out var shape)
            ? For(shape, TypeNames.Of(type.TypeArguments[0]))
            : null;

    /// <summary>The shape with its placeholder replaced.</summary>
    internal static SequenceShape For(SequenceShape shape, string arguments) => shape with
    {
        Create = shape.Create.Replace("$T", arguments),
        CreatedType = shape.CreatedType.Replace("$T", arguments),
        SourceType = shape.SourceType?.Replace("$T", arguments),
        Result = shape.Result.Replace("$T", arguments),
    };

    /// <summary>A collection of a type that is made by a constructor and then filled.</summary>
    internal static SequenceShape Filled(string type, string arguments = "count") =>
        new(Filling.Collection) { Create = $"new {type}({arguments})", CreatedType = type };

    /// <summary>A collection that is filled in its builder.</summary>
    internal static SequenceShape Built(string factory) =>
        new(Filling.Collection, "items.ToImmutable()") { Create = $"{Immutable}{factory}.CreateBuilder<$T>()", CreatedType = $"{Immutable}{factory}<$T>.Builder" };

    /// <summary>A snapshot is written, since others may change the collection between counting and writing.</summary>
    private static SequenceShape Concurrently(string name, string add) =>
        Filled($"{Concurrent}{name}<$T>", "") with { Add = add, Source = Snapshot, Count = "Length" };

    /// <summary>These have no count: they are copied before they are written.</summary>
    private static SequenceShape Ranged(string factory, Filling filling) =>
        new(filling, $"{Immutable}{factory}.CreateRange(items)") { Source = Snapshot, Count = "Length" };
}
