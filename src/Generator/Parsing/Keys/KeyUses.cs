using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>
/// Gathers the templates of one interface, and where each is written. The two are told apart at once, so that a template that has only
/// moved is not matched again.
/// </summary>
internal sealed class KeyUses
{
    private readonly List<KeyUse> _uses = [];
    private readonly List<SourcePlace> _places = [];

    public EquatableArray<KeyUse> Uses => new(_uses.Select(WithStale));

    /// <summary>Whether a member adds to the values under the keys of a shape, which must not be compressed then.</summary>
    public bool IsAppendedTo(KeyShape shape) => _uses.Exists(use => use.Effect == KeyEffect.Appends && use.Shape == shape);

    /// <summary>For how long the members of a key give its value on when it is stale, in seconds; 0 where none says so.</summary>
    public long FindStale(KeyShape shape) => _uses.Find(use => use.Stale > 0 && use.Shape == shape)?.Stale ?? 0;

    /// <summary>Whether what lies under the keys of a shape is given on when it is stale; null where no member cares.</summary>
    public bool? IsStale(KeyShape shape)
    {
        var form = ShapeForm.Of(shape);
        var stale = _uses.FindAll(use => use.Stale is not null && ShapeForm.Of(use.Shape) == form);
        return stale.Count == 0 ? null : stale.Exists(static use => use.Stale > 0);
    }

    public EquatableArray<SourcePlace> Places => new(_places);

    /// <summary>How many templates there are so far.</summary>
    public int Count => _uses.Count;

    /// <summary>Adds a template.</summary>
    /// <param name="member">The member that has it.</param>
    /// <param name="template">The template with prefix and version, as it is written.</param>
    /// <param name="shape">Which keys it gives.</param>
    /// <param name="sources">What the placeholders name.</param>
    /// <param name="value">What lies under the key; null where the member does not care.</param>
    /// <param name="stale">How long the value is given on when it is stale; null where the member does not care.</param>
    /// <param name="near">For how long the member keeps values in its process; null where it does not care.</param>
    /// <param name="effect">What the member does to the bytes under the key.</param>
    /// <param name="location">Where the template is written.</param>
    /// <param name="role">What the template has to do with tags.</param>
    /// <param name="tags">The tags of what is read or stored.</param>
    public void Add(
        ISymbol member,
        string template,
        KeyShape shape,
        IEnumerable<KeySource> sources,
        StoredValue? value,
        long? stale,
        NearModel? near,
        KeyEffect effect,
        Location location,
        TagRole role = TagRole.None,
        EquatableArray<TagUse> tags = default)
    {
        var names = new EquatableArray<string>(sources.Select(static source => source.Name));
        _uses.Add(new KeyUse($"{member.ContainingType.Name}.{member.Name}", template, shape, names, value, stale, effect) { Near = near, TagRole = role, Tags = tags });
        _places.Add(new SourcePlace(location));
    }

    // What only reads takes over what the others say of its key.
    private KeyUse WithStale(KeyUse use) =>
        use is { Stale: 0, Effect: KeyEffect.None, Near: not null } ? use with { Stale = FindStale(use.Shape) } : use;
}
