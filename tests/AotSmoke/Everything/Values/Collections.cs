using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace TypedCache.AotSmoke.Values;

/// <summary>One collection of each way in which they are filled.</summary>
public sealed class Collections
{
    public int[] Array { get; set; } = [];

    public int[][] Jagged { get; set; } = [];

    public int[,] Grid { get; set; } = new int[0, 0];

    public ArraySegment<int> Segment { get; set; }

    public Memory<int> Memory { get; set; }

    public IEnumerable<string?> Enumerable { get; set; } = [];

    public LinkedList<int> Linked { get; set; } = [];

    public Queue<int> Queue { get; set; } = [];

    public Stack<int> Stack { get; set; } = [];

    public ReadOnlyCollection<int> ReadOnly { get; set; } = new([]);

    public ObservableCollection<int> Observable { get; set; } = [];

    public ConcurrentQueue<int> Concurrent { get; set; } = [];

    public HashSet<string> Set { get; set; } = [];

    public SortedSet<int> SortedSet { get; set; } = [];

    public FrozenSet<int> FrozenSet { get; set; } = FrozenSet<int>.Empty;

    public ImmutableArray<int> ImmutableArray { get; set; } = [];

    public ImmutableStack<int> ImmutableStack { get; set; } = [];

    public ImmutableSortedSet<int> ImmutableSet { get; set; } = [];

    public IReadOnlyDictionary<string, List<int>>? Dictionary { get; set; }

    public SortedDictionary<int, string> Sorted { get; set; } = [];

    public ConcurrentDictionary<string, int> ConcurrentDictionary { get; set; } = [];

    public FrozenDictionary<string, int> Frozen { get; set; } = FrozenDictionary<string, int>.Empty;

    public ImmutableDictionary<string, int> Immutable { get; set; } = ImmutableDictionary<string, int>.Empty;

    public ILookup<int, string> Lookup { get; set; } = System.Array.Empty<string>().ToLookup(static text => text.Length);

    public PriorityQueue<string, int> Priorities { get; set; } = new();

    public Lazy<int>? Lazy { get; set; }

    public Scores Scores { get; set; } = [];
}

/// <summary>A collection of the user's own.</summary>
public sealed class Scores : List<int>;
