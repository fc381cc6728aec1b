using TypedCache.Generator.Keys;
using TypedCache.Generator.Keys.Collisions;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Tests.Keys.Collisions;

/// <summary>Many templates at once: as the comparison of each pair says, at a cost that grows no faster than they do.</summary>
public sealed class ManyTemplatesTests
{
    private const int Interfaces = 150;
    private const int Methods = 10;

    // Each with the most steps that one template may take. A string with only fixed text behind it can hold all that is in front of it in
    // the other methods of its interface, so that both are walked through side by side.
    public static TheoryData<string, int> Kinds => new()
    {
        { "{s}:area#:item@:{n}", 150 },
        { "{s}:area#:item@", 150 },
        { "{n}:area#:item@:{s}", 150 },
        { "area#:item@:{s}", 150 },
        { "{e#}:item@:{s}:a#", 320 },
        { "{s}:{n}:area#x@", 150 },
        { "{n}-{s}:x:item@:area#", 150 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Templates_that_never_meet_are_told_apart_by_their_beginnings_or_ends(string kind, int mostSteps)
    {
        var few = Steps(kind, Interfaces);
        var many = Steps(kind, 2 * Interfaces);

        Assert.InRange(many, 0, (few * 5) / 2);
        Assert.InRange(many, 0, 2 * Interfaces * Methods * mostSteps);
    }

    [Theory]
    [InlineData("{s}:area#:{t}", true)]
    [InlineData("{s}:area#:{t}", false)]
    [InlineData("{s}", true)]
    public void Templates_that_all_meet_are_each_reported_once(string kind, bool mixesTypes)
    {
        var clients = Clients(kind, Interfaces, mixesTypes, KeyPolicy.Pecl);
        var search = new KeyCollisions(TestContext.Current.CancellationToken);
        var found = search.Match(clients);
        var distinct = clients.SelectMany(static client => client).Select(static use => (use.Shape, use.Value)).Distinct().Count();

        Assert.Equal(distinct - 1, found.Count);
        Assert.All(found, collision => Assert.Equal(mixesTypes, collision.MixesTypes));
        Assert.InRange(search.ComparedPairs, 1, distinct);
    }

    [Fact]
    public void All_that_pairs_say_is_found_and_nothing_else()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var uses = Uses(random);
            var found = KeyCollisions.Find(uses.Chunk(5).Select(static some => new EquatableArray<KeyUse>(some)), TestContext.Current.CancellationToken)
                .Select(static collision => (collision.Later.Template, collision.Later.Member, collision.MixesTypes));

            Assert.Equal(Pairwise(uses), found);
        }
    }

    // Some of them much alike, and all of few types of values.
    private static List<KeyUse> Uses(Random random)
    {
        var templates = new List<RealTemplate>();
        for (var i = 0; i < 40; i++)
        {
            templates.Add(templates.Count == 0 || random.Next(3) == 0 ? new RealTemplate(random) : new RealTemplate(templates[random.Next(templates.Count)], random));
        }

        return [.. templates.Select((template, index) => template.Use(random.Next(2) == 0 ? "A" : "B") with { Member = $"M{index}" })];
    }

    private static IEnumerable<(string, string, bool)> Pairwise(List<KeyUse> uses)
    {
        var keys = new CommonKeys(TestContext.Current.CancellationToken);
        var entries = uses.Select(static (use, index) => new KeyEntry((index / 5, index % 5), use)).DistinctBy(static entry => (entry.Use.Shape, entry.Use.Value!.Form)).ToList();
        for (var later = 0; later < entries.Count; later++)
        {
            var shared = entries.Take(later).Where(earlier => keys.Find(entries[later], earlier) is not null).ToList();
            var isMixing = shared.Exists(entries[later].MixesTypesWith);
            if (isMixing || shared.Exists(earlier => !entries[later].IsMeantLike(earlier)))
            {
                yield return (entries[later].Use.Template, entries[later].Use.Member, isMixing);
            }
        }
    }

    private static long Steps(string kind, int interfaces)
    {
        var search = new KeyCollisions(TestContext.Current.CancellationToken);
        Assert.Empty(search.Match(Clients(kind, interfaces, mixesTypes: true, KeyPolicy.Escape)));
        return search.Steps;
    }

    private static List<EquatableArray<KeyUse>> Clients(string kind, int interfaces, bool mixesTypes, KeyPolicy policy) =>
        [.. Enumerable.Range(0, interfaces).Select(client => new EquatableArray<KeyUse>(Enumerable.Range(0, Methods).Select(method => Use(kind, client, method, mixesTypes, policy))))];

    // '#' is the interface, '@' the method; {s} and {t} are strings, {n} is a number, {e#} an enum of the interface.
    private static KeyUse Use(string kind, int client, int method, bool mixesTypes, KeyPolicy policy)
    {
        var type = mixesTypes ? $"Value{client}" : "Value";
        var pieces = kind.Split('{', '}');
        var last = pieces.Length - 1 - (pieces[^1].Length == 0 ? 1 : 0);
        var parts = pieces.Select((piece, index) => index % 2 == 0
            ? new LiteralShapePart(piece.Replace("#", $"{client}", StringComparison.Ordinal).Replace("@", $"{method}", StringComparison.Ordinal)) as KeyShapePart
            : Part(piece, client, index + 2 < pieces.Length && index < last - 1 ? (byte)pieces[index + 1][0] : (byte)0));
        return new KeyUse(
            $"ICache{client}.M{method}", kind, new KeyShape(new EquatableArray<KeyShapePart>(parts.Where(static part => part is not LiteralShapePart { Text: "" })), policy),
            new EquatableArray<string>(pieces.Where((_, index) => index % 2 == 1).Select(name => $"{name}{client}x{method}")),
            new StoredValue(type, type, IsCounter: false, IsNumberText: false), Stale: null, KeyEffect.None);
    }

    private static ValueShapePart Part(string name, int client, byte delimiter) => name[0] switch
    {
        'n' => new ValueShapePart(KeyValueType.Int32, null, 0),
        'e' => new ValueShapePart(KeyValueType.Enum, null, 0)
        {
            Enum = new EnumShape(KeyValueType.Int32, new EquatableArray<string>([$"One{client}", $"Two{client}"]), new EquatableArray<string>(["0", "1"])),
        },
        _ => new ValueShapePart(KeyValueType.String, null, delimiter),
    };
}
