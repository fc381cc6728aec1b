namespace TypedCache.Generator.Keys.Collisions;

/// <summary>
/// Looks for the template that another one is reported with: one that mixes types where there is one, else one that looks different.
/// </summary>
/// <param name="later">The template that is reported.</param>
/// <param name="findKey">Finds a key that two templates give.</param>
internal sealed class PartnerSearch(KeyEntry later, Func<KeyEntry, KeyEntry, string?> findKey)
{
    private readonly HashSet<KeyGroup> _considered = new(ReferenceComparer.Instance);

    /// <summary>What was found.</summary>
    public KeyCollision? Found { get; private set; }

    /// <summary>Whether nothing better can be found.</summary>
    public bool IsDone => Found is { MixesTypes: true } || (Found is not null && later.Use.Value is null);

    /// <summary>Whether templates with these values can be what is looked for.</summary>
    public bool Wants(ValueForms values) => Found is null || (!IsDone && values.CanMixWith(later.Use.Value!));

    /// <summary>Compares the template with the earlier ones of a shape that probably gives one of its keys.</summary>
    public void Consider(KeyGroup group)
    {
        if (IsDone || !_considered.Add(group))
        {
            return;
        }

        var mixing = group.Entries.Find(later.MixesTypesWith);
        var earlier = mixing ?? (Found is null ? group.Entries.Find(entry => !later.IsMeantLike(entry)) : null);
        if (earlier is not null && findKey(later, earlier) is { } key)
        {
            Found = new KeyCollision(later.Place, later.Use, earlier.Use, key, mixing is not null);
        }
    }

    private sealed class ReferenceComparer : IEqualityComparer<KeyGroup>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(KeyGroup? x, KeyGroup? y) => ReferenceEquals(x, y);

        public int GetHashCode(KeyGroup obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
