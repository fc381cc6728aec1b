namespace TypedCache.Generator.Keys.Collisions;

/// <summary>
/// Matches the templates of one family against each other. Each is looked up among those that were declared before it, from its
/// beginning and from its end at once, until one of both has seen all that can meet it. So templates that differ in either are told apart
/// where they begin to, and not pair by pair.
/// </summary>
/// <param name="keys">The keys that pairs of templates have in common.</param>
/// <param name="cancellation">Ends the search when the editor has gone on.</param>
internal sealed class KeyFamilyMatch(CommonKeys keys, CancellationToken cancellation)
{
    private const int StepsAtOnce = 32;

    private readonly KeyTrie _beginnings = new(isReversed: false);
    private readonly KeyTrie _ends = new(isReversed: true);
    private readonly Dictionary<KeyShape, KeyGroup> _groups = [];

    /// <summary>How many places were visited to look all templates up.</summary>
    public long Steps { get; private set; }

    /// <summary>The collisions, each template at most once.</summary>
    /// <param name="family">The templates in the order in which they are declared.</param>
    public IReadOnlyList<KeyCollision> Match(IEnumerable<KeyEntry> family)
    {
        var found = new List<KeyCollision>();
        foreach (var entry in family)
        {
            cancellation.ThrowIfCancellationRequested();
            if (FindPartner(entry) is { } collision)
            {
                found.Add(collision);
            }

            Add(entry);
        }

        return found;
    }

    private KeyCollision? FindPartner(KeyEntry entry)
    {
        var partners = new PartnerSearch(entry, keys.Find);
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

            cancellation.ThrowIfCancellationRequested();
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
