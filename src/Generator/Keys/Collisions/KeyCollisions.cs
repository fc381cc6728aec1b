using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>
/// Matches the templates of all interfaces against each other. Each is looked up among those that were declared before it, from its
/// beginning and from its end at once, until one of both has seen all that can meet it. So templates that differ in either are told apart
/// where they begin to, and not pair by pair.
/// </summary>
internal sealed class KeyCollisions
{
    private const int StepsAtOnce = 32;

    private readonly KeyTrie _beginnings = new(isReversed: false);
    private readonly KeyTrie _ends = new(isReversed: true);
    private readonly Dictionary<KeyShape, KeyGroup> _groups = [];
    private readonly CommonKeys _keys;
    private readonly CancellationToken _cancellation;

    /// <summary>Makes an empty set of templates.</summary>
    /// <param name="cancellation">Ends the search when the editor has gone on.</param>
    public KeyCollisions(CancellationToken cancellation) => (_cancellation, _keys) = (cancellation, new CommonKeys(cancellation));

    /// <summary>How many places were visited to look all templates up.</summary>
    public long Steps { get; private set; }

    /// <summary>How many pairs of shapes were compared in full.</summary>
    public int ComparedPairs => _keys.Compared;

    /// <summary>The collisions, each template at most once, in the order in which the later templates are declared.</summary>
    /// <param name="clients">The templates of each interface.</param>
    /// <param name="cancellation">Ends the search when the editor has gone on.</param>
    public static EquatableArray<KeyCollision> Find(IEnumerable<EquatableArray<KeyUse>> clients, CancellationToken cancellation) =>
        new(new KeyCollisions(cancellation).Match(clients));

    /// <inheritdoc cref="Find"/>
    public IReadOnlyList<KeyCollision> Match(IEnumerable<EquatableArray<KeyUse>> clients)
    {
        var found = new List<KeyCollision>();
        foreach (var entry in Distinct(clients))
        {
            _cancellation.ThrowIfCancellationRequested();
            if (FindPartner(entry) is { } collision)
            {
                found.Add(collision);
            }

            Add(entry);
        }

        return found;
    }

    // Templates that give the same keys for the same values are one; a member that stores nothing adds nothing to one that does.
    private static IEnumerable<KeyEntry> Distinct(IEnumerable<EquatableArray<KeyUse>> clients) => clients
        .SelectMany(static (uses, client) => uses.Select((use, index) => new KeyEntry((client, index), use)))
        .GroupBy(static entry => entry.Use.Shape)
        .SelectMany(static group => Distinct([.. group.GroupBy(static entry => entry.Use.Value?.Form).Select(static same => same.First())]))
        .OrderBy(static entry => entry.Place);

    private static IEnumerable<KeyEntry> Distinct(List<KeyEntry> group) =>
        group.Where(entry => entry.Use.Value is not null || group.TrueForAll(static other => other.Use.Value is null));

    private KeyCollision? FindPartner(KeyEntry entry)
    {
        var partners = new PartnerSearch(entry, _keys.Find);
        KeyTrieSearch[] searches = [Search(_beginnings, entry, partners), Search(_ends, entry, partners)];
        while (!partners.IsDone)
        {
            foreach (var search in searches)
            {
                for (var i = 0; i < StepsAtOnce && !search.IsDone; i++, Steps++)
                {
                    search.Step();
                }

                if (search.IsDone)
                {
                    return partners.Found;
                }
            }

            _cancellation.ThrowIfCancellationRequested();
        }

        return partners.Found;
    }

    private static KeyTrieSearch Search(KeyTrie trie, KeyEntry entry, PartnerSearch partners) =>
        new(trie, new KeyPath(entry.Use.Shape.WithoutLimits(), trie.Automaton, trie.IsReversed), partners);

    private void Add(KeyEntry entry)
    {
        if (!_groups.TryGetValue(entry.Use.Shape, out var group))
        {
            group = new KeyGroup(entry.Use.Shape, []);
            _groups.Add(entry.Use.Shape, group);
        }

        group.Entries.Add(entry);
        _beginnings.Add(group, entry.Use.Value);
        _ends.Add(group, entry.Use.Value);
    }
}

/// <summary>Two templates that can give the same key.</summary>
/// <param name="Place">Where the later one is declared: the interface among all, and the template in it.</param>
/// <param name="Key">A key that both give. Where a type formats itself, its placeholder stands for its text.</param>
/// <param name="MixesTypes">Whether different types are stored under it.</param>
internal sealed record KeyCollision((int Client, int Index) Place, KeyUse Later, KeyUse Earlier, string Key, bool MixesTypes);
