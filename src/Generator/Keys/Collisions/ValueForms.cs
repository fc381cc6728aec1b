using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>The values of a part of the tree, as far as they are needed to tell whether some do not fit to another one.</summary>
internal sealed class ValueForms
{
    private const int MaxKnown = 8;

    private readonly List<StoredValue> _known = [];
    private bool _hasMore;

    public void Add(StoredValue? value)
    {
        if (_hasMore || value is null || _known.Exists(other => other.Form == value.Form))
        {
            return;
        }

        _hasMore = _known.Count == MaxKnown;
        _known.Add(value);
    }

    /// <summary>Whether a value could be one that does not fit.</summary>
    public bool CanMixWith(StoredValue value) => _hasMore || _known.Exists(other => !other.FitsTo(value));
}
