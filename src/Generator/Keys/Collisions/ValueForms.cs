using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>The values of a part of the tree, as far as they are needed to tell whether some do not fit to another one.</summary>
internal sealed class ValueForms
{
    private const int MaxKnown = 8;

    // Most parts have one.
    private StoredValue? _first;
    private List<StoredValue>? _others;
    private bool _hasMore;

    public void Add(StoredValue? value)
    {
        if (_hasMore || value is null || value.Form == _first?.Form || _others?.Exists(other => other.Form == value.Form) == true)
        {
            return;
        }

        if (_first is null)
        {
            _first = value;
            return;
        }

        _others ??= [];
        _hasMore = _others.Count == MaxKnown - 1;
        _others.Add(value);
    }

    /// <summary>Whether a value could be one that does not fit.</summary>
    public bool CanMixWith(StoredValue value) =>
        _hasMore || _first?.FitsTo(value) == false || _others?.Exists(other => !other.FitsTo(value)) == true;
}
