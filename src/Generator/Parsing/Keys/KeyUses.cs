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

    public EquatableArray<KeyUse> Uses => new(_uses);

    /// <summary>Whether a member adds to the values under the keys of a shape, which must not be compressed then.</summary>
    public bool IsAppendedTo(KeyShape shape) => _uses.Exists(use => use.Effect == KeyEffect.Appends && use.Shape == shape);

    public EquatableArray<SourcePlace> Places => new(_places);

    /// <summary>Adds a template.</summary>
    /// <param name="member">The member that has it.</param>
    /// <param name="template">The template with prefix and version, as it is written.</param>
    /// <param name="shape">Which keys it gives.</param>
    /// <param name="sources">What the placeholders name.</param>
    /// <param name="value">What lies under the key; null where the member does not care.</param>
    /// <param name="stale">How long the value is given on when it is stale; null where the member does not care.</param>
    /// <param name="effect">What the member does to the bytes under the key.</param>
    /// <param name="location">Where the template is written.</param>
    public void Add(
        ISymbol member, string template, KeyShape shape, IEnumerable<KeySource> sources, StoredValue? value, long? stale, KeyEffect effect, Location location)
    {
        var names = new EquatableArray<string>(sources.Select(static source => source.Name));
        _uses.Add(new KeyUse($"{member.ContainingType.Name}.{member.Name}", template, shape, names, value, stale, effect));
        _places.Add(new SourcePlace(location));
    }
}
