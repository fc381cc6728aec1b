using System.Buffers;

namespace Shapes;

public class Groups
{
    public ILookup<string, int> Lookup { get; set; } = Array.Empty<int>().ToLookup(item => "");

    public ILookup<int, string?>? NullableLookup { get; set; }

    public IGrouping<int, string>? Group { get; set; }

    public Lazy<int> Lazy { get; set; } = new(0);

    public Lazy<List<string?>>? NullableLazy { get; set; }

    public PriorityQueue<string, int> Queue { get; set; } = new();

    public ReadOnlySequence<int> Sequence { get; set; } = new([]);

    public Nil Nil { get; set; }

    public Nil? NullableNil { get; set; }

    public Tuple<int, int, int, int, int, int, int, Tuple<string?, Guid>>? Nine { get; set; }

    public (int, string, long, bool, byte, char, double, (int, string)) Eight { get; set; }

    public (Guid A, (int B, int C)? D, KeyValuePair<string, (int, int)[]> E) Mixed { get; set; }
}

[MessagePackObject]
public sealed class Deferred
{
    [Key(0)]
    public Lazy<Deferred?>? Next { get; set; }

    [Key(1)]
    public required int Number { get; init; }
}

public static partial class Samples
{
    private static readonly Gen<string> Letters = Gen.String[0, 5];

    private static readonly Gen<ILookup<string, int>> IntsByText =
        Gen.Int.Array[0, 9].Select(items => items.ToLookup(item => (item % 3).ToString(), item => item));

    public static Gen<Groups> Groups =>
        from lookup in IntsByText
        from texts in Letters.Array[0, 5]
        from number in Gen.Int
        from id in Gen.Guid
        select new Groups
        {
            Lookup = lookup,
            NullableLookup = number % 3 == 0 ? null : texts.ToLookup(text => text.Length, text => text.Length == 1 ? null : text),
            Group = texts.GroupBy(text => text.Length).FirstOrDefault(),
            Lazy = new(() => number),
            NullableLazy = number % 2 == 0 ? null : new(() => [.. texts, null]),
            Queue = new(texts.Select((text, index) => (text, -index))),
            Sequence = new(lookup.SelectMany(items => items).ToArray()),
            NullableNil = number % 2 == 0 ? Nil.Default : null,
            Nine = number < 0 ? null : new(1, 2, 3, 4, 5, 6, number, new(texts.FirstOrDefault(), id)),
            Eight = (number, "b", 3, true, 5, 'f', 7, (8, "i")),
            Mixed = (id, number < 0 ? null : (1, number), new("key", [(number, 2)])),
        };

    public static Gen<Deferred> Deferred => Gen.Int.Select(Gen.Int[0, 5], (number, depth) => Defer(number, depth));

    public static Gen<ILookup<string, int>> TopLookup => IntsByText;

    public static Gen<IGrouping<string, int>> TopGroup => Gen.Int.Select(number => new[] { number, 1 }.GroupBy(item => "one").Single());

    public static Gen<Lazy<string>> TopLazy => Letters.Select(text => new Lazy<string>(() => text));

    public static Gen<PriorityQueue<string, int>> TopQueue => Letters.Array[0, 7].Select(texts => new PriorityQueue<string, int>(texts.Select(text => (text, text.Length))));

    public static Gen<ReadOnlySequence<string>> TopSequence => Letters.Array[0, 7].Select(texts => new ReadOnlySequence<string>(texts));

    private static Deferred Defer(int number, int depth) =>
        new() { Number = number, Next = depth == 0 ? null : new(() => Defer(number + 1, depth - 1)) };
}
