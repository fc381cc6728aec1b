using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>Matches the templates of all interfaces against each other: family by family, since those of two families never meet.</summary>
internal sealed class KeyCollisions
{
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
        foreach (var family in KeyFamilies.Split(Distinct(clients)))
        {
            var match = new KeyFamilyMatch(_keys, _cancellation);
            found.AddRange(match.Match(family));
            Steps += match.Steps;
        }

        return [.. found.OrderBy(static collision => collision.Place)];
    }

    // Templates that give the same keys for the same values are one; a member that stores nothing adds nothing to one that does.
    private static IEnumerable<KeyEntry> Distinct(IEnumerable<EquatableArray<KeyUse>> clients) => clients
        .SelectMany(static (uses, client) => uses.Select((use, index) => new KeyEntry((client, index), use)))
        .GroupBy(static entry => entry.Use.Shape)
        .SelectMany(static group => Distinct([.. group.GroupBy(static entry => entry.Use.Value?.Form).Select(static same => same.First())]));

    private static IEnumerable<KeyEntry> Distinct(List<KeyEntry> group) =>
        group.Where(entry => entry.Use.Value is not null || group.TrueForAll(static other => other.Use.Value is null));
}

/// <summary>Two templates that can give the same key.</summary>
/// <param name="Place">Where the later one is declared: the interface among all, and the template in it.</param>
/// <param name="Key">A key that both give. Where a type formats itself, its placeholder stands for its text.</param>
/// <param name="MixesTypes">Whether different types are stored under it.</param>
internal sealed record KeyCollision((int Client, int Index) Place, KeyUse Later, KeyUse Earlier, string Key, bool MixesTypes);
