using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Shapes;

public class Lists
{
    public int[] Array { get; set; } = [];

    public string?[]? NullableTexts { get; set; }

    public int[][] Jagged { get; set; } = [];

    public int[]?[] JaggedWithHoles { get; set; } = [];

    public List<int> List { get; set; } = [];

    public List<byte> ByteList { get; set; } = [];

    public IList<int> IList { get; set; } = [];

    public ICollection<int> ICollection { get; set; } = [];

    public IEnumerable<int> IEnumerable { get; set; } = [];

    public IReadOnlyList<int> IReadOnlyList { get; set; } = [];

    public IReadOnlyCollection<int> IReadOnlyCollection { get; set; } = [];

    public List<string?>? NullableList { get; set; }

    public LinkedList<int> LinkedList { get; set; } = [];

    public Queue<int> Queue { get; set; } = [];

    public Stack<int> Stack { get; set; } = [];

    public Collection<int> Collection { get; set; } = [];

    public ReadOnlyCollection<int> ReadOnlyCollection { get; set; } = new([]);

    public ObservableCollection<int> ObservableCollection { get; set; } = [];

    public ReadOnlyObservableCollection<int> ReadOnlyObservableCollection { get; set; } = new([]);

    public ConcurrentBag<int> Bag { get; set; } = [];

    public ConcurrentQueue<int> ConcurrentQueue { get; set; } = [];

    public ConcurrentStack<int> ConcurrentStack { get; set; } = [];

    public Memory<int> Memory { get; set; }

    public ReadOnlyMemory<int> ReadOnlyMemory { get; set; }

    public ArraySegment<int> Segment { get; set; }

    public int[,] Grid { get; set; } = new int[0, 0];

    public int[,,]? Cube { get; set; }

    public string[,,,] Hypercube { get; set; } = new string[0, 0, 0, 0];

    public bool[] Flags { get; set; } = [];

    public char[] Chars { get; set; } = [];

    public sbyte[] SignedBytes { get; set; } = [];

    public DateTime[] Times { get; set; } = [];

    public double[] Doubles { get; set; } = [];
}

public class Sets
{
    public HashSet<string> HashSet { get; set; } = [];

    public ISet<string> ISet { get; set; } = new HashSet<string>();

    public IReadOnlySet<string> IReadOnlySet { get; set; } = new HashSet<string>();

    public ReadOnlySet<string> ReadOnlySet { get; set; } = new(new HashSet<string>());

    public SortedSet<string> SortedSet { get; set; } = [];

    public FrozenSet<int> FrozenSet { get; set; } = FrozenSet<int>.Empty;

    public ImmutableArray<string> ImmutableArray { get; set; } = [];

    public ImmutableArray<int>? NullableImmutableArray { get; set; }

    public ImmutableList<string> ImmutableList { get; set; } = [];

    public IImmutableList<string> IImmutableList { get; set; } = ImmutableList<string>.Empty;

    public ImmutableHashSet<int> ImmutableHashSet { get; set; } = [];

    public IImmutableSet<int> IImmutableSet { get; set; } = ImmutableHashSet<int>.Empty;

    public ImmutableSortedSet<string> ImmutableSortedSet { get; set; } = [];

    public ImmutableQueue<string> ImmutableQueue { get; set; } = [];

    public IImmutableQueue<string> IImmutableQueue { get; set; } = ImmutableQueue<string>.Empty;

    public ImmutableStack<string> ImmutableStack { get; set; } = [];

    public IImmutableStack<string> IImmutableStack { get; set; } = ImmutableStack<string>.Empty;
}

public class Dictionaries
{
    public Dictionary<string, int> Dictionary { get; set; } = [];

    public IDictionary<int, string?> IDictionary { get; set; } = new Dictionary<int, string?>();

    public IReadOnlyDictionary<string, List<int>>? IReadOnlyDictionary { get; set; }

    public SortedDictionary<string, int> SortedDictionary { get; set; } = [];

    public SortedList<string, int> SortedList { get; set; } = [];

    public OrderedDictionary<string, int> OrderedDictionary { get; set; } = [];

    public ReadOnlyDictionary<string, int> ReadOnlyDictionary { get; set; } = ReadOnlyDictionary<string, int>.Empty;

    public ConcurrentDictionary<int, int> ConcurrentDictionary { get; set; } = [];

    public ImmutableDictionary<int, string> ImmutableDictionary { get; set; } = ImmutableDictionary<int, string>.Empty;

    public IImmutableDictionary<int, string> IImmutableDictionary { get; set; } = ImmutableDictionary<int, string>.Empty;

    public ImmutableSortedDictionary<string, int> ImmutableSortedDictionary { get; set; } = ImmutableSortedDictionary<string, int>.Empty;

    public FrozenDictionary<int, string> FrozenDictionary { get; set; } = FrozenDictionary<int, string>.Empty;

    public Dictionary<Guid, Dictionary<string, decimal>> Nested { get; set; } = [];
}

public class Tuples
{
    public (int Id, string Name) Pair { get; set; }

    public (int, int, int, int, int, int, int, string, Guid) Nine { get; set; }

    public ValueTuple<long> One { get; set; }

    public Tuple<int, string?>? Reference { get; set; }

    public (string Left, List<(int X, int Y)> Right)? Nested { get; set; }

    public KeyValuePair<string, Guid?> Entry { get; set; }
}

public class Tags : List<string>
{
    public int NotStored { get; set; }
}

public class Settings : Dictionary<string, int>;

public sealed class Bag : ICollection<int>
{
    private readonly List<int> _items = [];

    int ICollection<int>.Count => _items.Count;

    bool ICollection<int>.IsReadOnly => false;

    void ICollection<int>.Add(int item) => _items.Add(item);

    void ICollection<int>.Clear() => _items.Clear();

    bool ICollection<int>.Contains(int item) => _items.Contains(item);

    void ICollection<int>.CopyTo(int[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    bool ICollection<int>.Remove(int item) => _items.Remove(item);

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}

public sealed class Sequence(IEnumerable<string> items) : IEnumerable<string>
{
    private readonly string[] _items = [.. items];

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public sealed class Lookup(IReadOnlyDictionary<string, int> items) : IReadOnlyDictionary<string, int>
{
    public int Count => items.Count;

    public IEnumerable<string> Keys => items.Keys;

    public IEnumerable<int> Values => items.Values;

    public int this[string key] => items[key];

    public bool ContainsKey(string key) => items.ContainsKey(key);

    public bool TryGetValue(string key, out int value) => items.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

[MessagePackObject]
public class Customs
{
    [Key(0)]
    public Tags? Tags { get; set; }

    [Key(1)]
    public Settings Settings { get; set; } = [];

    [Key(2)]
    public Bag Bag { get; set; } = new();

    [Key(3)]
    public Sequence Sequence { get; set; } = new([]);

    [Key(4)]
    public Lookup Lookup { get; set; } = new(new Dictionary<string, int>());
}

public static partial class Samples
{
    private static readonly Gen<string> Word = Gen.String[0, 8];

    private static readonly Gen<int[]> Ints = Gen.Int.Array[0, 6];

    private static readonly Gen<string[]> Strings = Word.Array[0, 6];

    private static readonly Gen<Dictionary<string, int>> ByText = Gen.Dictionary(Word, Gen.Int)[0, 5];

    public static Gen<Lists> Lists =>
        from ints in Ints
        from texts in Word.Null().Array[0, 5]
        from jagged in Ints.Array[0, 4]
        from width in Gen.Int[0, 3]
        from height in Gen.Int[0, 3]
        from flags in Gen.Bool.Array[0, 9]
        from chars in Gen.Char.Array[0, 9]
        from times in Gen.DateTime.Array[0, 3]
        select new Lists
        {
            Array = ints, NullableTexts = width == 0 ? null : texts, Jagged = jagged,
            JaggedWithHoles = [.. jagged.Select(row => row.Length == 0 ? null : row)],
            List = [.. ints], ByteList = [.. ints.Select(item => (byte)item)], IList = [.. ints], ICollection = [.. ints],
            IEnumerable = ints.Where(item => item != 0), IReadOnlyList = ints, IReadOnlyCollection = ints,
            NullableList = height == 0 ? null : [.. texts], LinkedList = new(ints), Queue = new(ints), Stack = new(ints),
            Collection = [.. ints], ReadOnlyCollection = new(ints), ObservableCollection = new(ints), ReadOnlyObservableCollection = new(new(ints)),
            Bag = [.. ints], ConcurrentQueue = new(ints), ConcurrentStack = new(ints), Memory = ints, ReadOnlyMemory = ints,
            Segment = width == 0 ? default : new(ints), Grid = Fill(width, height), Cube = height == 0 ? null : new int[width, height, 2],
            Hypercube = Name(width, height), Flags = flags, Chars = chars, SignedBytes = [.. ints.Select(item => (sbyte)item)], Times = times,
            Doubles = [.. ints.Select(item => item * 0.1)],
        };

    public static Gen<Sets> Sets =>
        from ints in Gen.Int.HashSet[0, 6]
        from texts in Word.HashSet[0, 6]
        select new Sets
        {
            HashSet = texts, ISet = texts, IReadOnlySet = texts, ReadOnlySet = new(texts), SortedSet = [.. texts], FrozenSet = ints.ToFrozenSet(),
            ImmutableArray = texts.Count == 0 ? default : [.. texts], NullableImmutableArray = texts.Count < 2 ? null : [.. ints],
            ImmutableList = [.. texts], IImmutableList = texts.ToImmutableList(), ImmutableHashSet = [.. ints],
            IImmutableSet = ints.ToImmutableHashSet(), ImmutableSortedSet = [.. texts], ImmutableQueue = [.. texts],
            IImmutableQueue = ImmutableQueue.CreateRange(texts), ImmutableStack = [.. texts], IImmutableStack = ImmutableStack.CreateRange(texts),
        };

    public static Gen<Dictionaries> Dictionaries =>
        from byText in ByText
        from byNumber in Gen.Dictionary(Gen.Int, Word)[0, 5]
        from lists in Gen.Dictionary(Word, Ints)[0, 3].Null()
        from nested in Gen.Dictionary(Gen.Guid, Gen.Dictionary(Word, Gen.Decimal)[0, 2])[0, 3]
        select new Dictionaries
        {
            Dictionary = byText, IDictionary = byNumber.ToDictionary(pair => pair.Key, pair => pair.Key % 3 == 0 ? null : pair.Value),
            IReadOnlyDictionary = lists?.ToDictionary(pair => pair.Key, pair => pair.Value.ToList()),
            SortedDictionary = new(byText), SortedList = new(byText), OrderedDictionary = new(byText), ReadOnlyDictionary = new(byText),
            ConcurrentDictionary = new(byNumber.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Length))),
            ImmutableDictionary = byNumber.ToImmutableDictionary(), IImmutableDictionary = byNumber.ToImmutableDictionary(),
            ImmutableSortedDictionary = byText.ToImmutableSortedDictionary(), FrozenDictionary = byNumber.ToFrozenDictionary(), Nested = nested,
        };

    public static Gen<Tuples> Tuples =>
        from number in Gen.Int
        from text in Word
        from id in Gen.Guid
        select new Tuples
        {
            Pair = (number, text), Nine = (number, 2, 3, 4, 5, 6, 7, text, id), One = new(number),
            Reference = number > 0 ? Tuple.Create(number, number % 2 == 0 ? null : text) : null,
            Nested = number % 3 == 0 ? null : (text, [(number, 1), (2, 3)]),
            Entry = new(text, number % 5 == 0 ? null : id),
        };

    public static Gen<Customs> Customs =>
        from texts in Strings
        from byText in ByText
        from ints in Ints
        select new Customs { Tags = texts.Length == 0 ? null : AddAll(new Tags(), texts), Settings = AddPairs(byText), Bag = AddAll(new Bag(), ints), Sequence = new(texts), Lookup = new(byText) };

    public static Gen<int[]> IntArray => Ints;

    public static Gen<List<string>> StringList => Word.List[0, 6];

    public static Gen<Dictionary<string, int>> StringToInt => ByText;

    public static Gen<IReadOnlyList<Tuples>> ListOfObjects => Tuples.Array[0, 3].Select(IReadOnlyList<Tuples> (items) => items);

    public static Gen<(int Id, string? Name)> NamedTuple => from id in Gen.Int from name in Word.Null() select (id, name);

    public static Gen<ImmutableArray<int>> TopImmutableArray => Ints.Select(items => items.ToImmutableArray());

    public static Gen<Tags> TopTags => Strings.Select(texts => AddAll(new Tags(), texts));

    private static TCollection AddAll<TCollection, T>(TCollection collection, IEnumerable<T> items)
        where TCollection : ICollection<T>
    {
        foreach (var item in items)
        {
            collection.Add(item);
        }

        return collection;
    }

    private static Settings AddPairs(Dictionary<string, int> pairs)
    {
        var settings = new Settings();
        foreach (var pair in pairs)
        {
            settings.Add(pair.Key, pair.Value);
        }

        return settings;
    }

    private static int[,] Fill(int width, int height)
    {
        var grid = new int[width, height];
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
            {
                grid[x, y] = (x * 10) + y;
            }
        }

        return grid;
    }

    private static string[,,,] Name(int width, int height)
    {
        var texts = new string[2, width, 1, height];
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
            {
                texts[0, x, 0, y] = $"{x},{y}";
                texts[1, x, 0, y] = $"{y},{x}";
            }
        }

        return texts;
    }
}
