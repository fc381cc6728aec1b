using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using TypedCache.AotSmoke.Values;

namespace TypedCache.AotSmoke;

/// <summary>A value with something in each collection.</summary>
internal static class SampleCollections
{
    public static Collections Create() => new()
    {
        Array = [1, 2],
        Jagged = [[1], [], [2, 3]],
        Grid = new[,] { { 1, 2 }, { 3, 4 } },
        Segment = new ArraySegment<int>([0, 1, 2, 3], 1, 2),
        Memory = new[] { 5, 6 },
        Enumerable = ["a", null],
        Linked = new LinkedList<int>([1, 2]),
        Queue = new Queue<int>([1, 2]),
        Stack = new Stack<int>([1, 2]),
        ReadOnly = new([1, 2]),
        Observable = [1, 2],
        Concurrent = new ConcurrentQueue<int>([1, 2]),
        Set = ["x", "y"],
        SortedSet = [2, 1],
        FrozenSet = FrozenSet.Create(1, 2),
        ImmutableArray = [1, 2],
        ImmutableStack = ImmutableStack.Create(1, 2),
        ImmutableSet = [2, 1],
        Dictionary = new Dictionary<string, List<int>> { ["a"] = [1, 2] },
        Sorted = new SortedDictionary<int, string> { [2] = "b", [1] = "a" },
        ConcurrentDictionary = new ConcurrentDictionary<string, int> { ["a"] = 1 },
        Frozen = new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary(),
        Immutable = ImmutableDictionary<string, int>.Empty.Add("a", 1),
        Lookup = "a,b,cc".Split(',').ToLookup(static text => text.Length),
        Priorities = new([("late", 2), ("early", 1)]),
        Lazy = new Lazy<int>(static () => 7),
        Scores = [1, 2],
    };

    public static bool AreEqual(Collections a, Collections b) => AreSequencesEqual(a, b) && AreSetsEqual(a, b) && AreDictionariesEqual(b) && AreOthersEqual(b);

    private static bool AreSequencesEqual(Collections a, Collections b) =>
        a.Array.SequenceEqual(b.Array)
        && b.Jagged is [[1], [], [2, 3]]
        && a.Grid.Cast<int>().SequenceEqual(b.Grid.Cast<int>())
        && a.Segment.SequenceEqual(b.Segment)
        && a.Memory.Span.SequenceEqual(b.Memory.Span)
        && a.Enumerable.SequenceEqual(b.Enumerable)
        && a.Linked.SequenceEqual(b.Linked)
        && a.Queue.SequenceEqual(b.Queue)
        && a.Stack.SequenceEqual(b.Stack)
        && a.ReadOnly.SequenceEqual(b.ReadOnly)
        && a.Observable.SequenceEqual(b.Observable)
        && a.Concurrent.SequenceEqual(b.Concurrent)
        && a.ImmutableArray.SequenceEqual(b.ImmutableArray)
        && a.ImmutableStack.SequenceEqual(b.ImmutableStack)
        && a.Scores.SequenceEqual(b.Scores);

    private static bool AreSetsEqual(Collections a, Collections b) =>
        a.Set.SetEquals(b.Set) && a.SortedSet.SetEquals(b.SortedSet) && a.FrozenSet.SetEquals(b.FrozenSet) && a.ImmutableSet.SetEquals(b.ImmutableSet);

    private static bool AreDictionariesEqual(Collections b) =>
        b.Dictionary is { Count: 1 } && b.Dictionary["a"] is [1, 2]
        && b.Sorted.First() is { Key: 1, Value: "a" } && b.Sorted.Count == 2
        && b.ConcurrentDictionary["a"] == 1 && b.Frozen["a"] == 1 && b.Immutable["a"] == 1;

    private static bool AreOthersEqual(Collections b) =>
        b.Lookup[1].SequenceEqual(["a", "b"]) && b.Lookup[2].SequenceEqual(["cc"]) && b.Priorities.Peek() == "early" && b.Lazy is { Value: 7 };
}
