using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>
/// Matches the templates of all interfaces against each other. Only templates of which one begins like the other can meet, so they
/// are sorted by their leading text and compared along its runs.
/// </summary>
internal sealed class KeyCollisions
{
    private readonly Dictionary<KeyShape, KeyAutomaton> _automata = [];
    private readonly Dictionary<KeyShape, KeyAutomaton> _automataWithEmptyText = [];
    private readonly SortedDictionary<(int Client, int Index), KeyCollision> _found = [];
    private readonly CancellationToken _cancellation;

    private KeyCollisions(CancellationToken cancellation) => _cancellation = cancellation;

    /// <summary>The collisions, each template at most once, in the order in which the later templates are declared.</summary>
    /// <param name="clients">The templates of each interface.</param>
    /// <param name="cancellation">Ends the search when the editor has gone on.</param>
    public static EquatableArray<KeyCollision> Find(IEnumerable<EquatableArray<KeyUse>> clients, CancellationToken cancellation)
    {
        var search = new KeyCollisions(cancellation);
        search.Compare(Distinct(clients));
        return new EquatableArray<KeyCollision>(search._found.Values);
    }

    // Templates that give the same keys for the same values are one; a member that stores nothing adds nothing to one that does.
    private static List<Entry> Distinct(IEnumerable<EquatableArray<KeyUse>> clients) =>
    [
        .. clients
            .SelectMany(static (uses, client) => uses.Select((use, index) => new Entry((client, index), use)))
            .GroupBy(static entry => (entry.Use.Shape, entry.Use.Value?.Form))
            .Select(static group => group.First())
            .GroupBy(static entry => entry.Use.Shape)
            .SelectMany(static group => group.Where(entry => entry.Use.Value is not null || group.All(static other => other.Use.Value is null)))
            .OrderBy(static entry => entry.Use.Shape.LeadingText, StringComparer.Ordinal)
            .ThenBy(static entry => entry.Place),
    ];

    private void Compare(List<Entry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            _cancellation.ThrowIfCancellationRequested();
            var start = entries[i].Use.Shape.LeadingText;
            for (var j = i + 1; j < entries.Count && entries[j].Use.Shape.LeadingText.StartsWith(start, StringComparison.Ordinal); j++)
            {
                Compare(entries[i], entries[j]);
            }
        }
    }

    private void Compare(Entry one, Entry other)
    {
        var (earlier, later) = one.Place.CompareTo(other.Place) < 0 ? (one, other) : (other, one);
        var mixesTypes = earlier.Use.Value is { } value && later.Use.Value is { } laterValue && !value.FitsTo(laterValue);
        if (!mixesTypes && IsIntended(earlier.Use, later.Use))
        {
            return;
        }

        // A template is reported once; what mixes types is worse than what does not.
        if (_found.TryGetValue(later.Place, out var known) && (known.MixesTypes || !mixesTypes))
        {
            return;
        }

        if (FindCommonKey(earlier.Use.Shape, later.Use.Shape) is { } key)
        {
            _found[later.Place] = new KeyCollision(later.Place, later.Use, earlier.Use, key, mixesTypes);
        }
    }

    // Get(int id) and Set(Product product) with {product.Id}, or Get(long id): both mean the same slots.
    private static bool IsIntended(KeyUse one, KeyUse other)
    {
        if (one.Shape.Parts.Count != other.Shape.Parts.Count)
        {
            return false;
        }

        var name = 0;
        return one.Shape.Parts.Zip(other.Shape.Parts, (mine, others) => (mine, others) switch
        {
            (ValueShapePart left, ValueShapePart right) => IsSameKind(left, right, one.Names[name], other.Names[name++]),
            _ => mine == others,
        }).All(static fits => fits);
    }

    private static bool IsSameKind(ValueShapePart one, ValueShapePart other, string name, string otherName) =>
        name == otherName
        || (one.Type == other.Type && one.Format == other.Format && one.Names.Equals(other.Names))
        || (IsInteger(one) && IsInteger(other));

    private static bool IsInteger(ValueShapePart part) => part is { Type: <= KeyValueType.UInt128, Format: null };

    private string? FindCommonKey(KeyShape one, KeyShape other) =>
        Automaton(_automata, one, minText: 1).FindCommonKey(Automaton(_automata, other, minText: 1))
        ?? Automaton(_automataWithEmptyText, one, minText: 0).FindCommonKey(Automaton(_automataWithEmptyText, other, minText: 0));

    private static KeyAutomaton Automaton(Dictionary<KeyShape, KeyAutomaton> known, KeyShape shape, int minText)
    {
        if (!known.TryGetValue(shape, out var automaton))
        {
            automaton = new KeyAutomaton(shape, minText);
            known.Add(shape, automaton);
        }

        return automaton;
    }

    private sealed record Entry((int Client, int Index) Place, KeyUse Use);
}

/// <summary>Two templates that can give the same key.</summary>
/// <param name="Place">Where the later one is declared: the interface among all, and the template in it.</param>
/// <param name="Key">A key that both give.</param>
/// <param name="MixesTypes">Whether different types are stored under it.</param>
internal sealed record KeyCollision((int Client, int Index) Place, KeyUse Later, KeyUse Earlier, string Key, bool MixesTypes);
